import type { Suspect } from "../../diagnosis/diagnosis.ts";
import { fieldPath } from "./field-path.ts";
import { formatTime } from "./format-time.ts";
import { sentence } from "./sentence.ts";
import { inlineCode } from "./untrusted.ts";

const shown = 5;

/** Likeliest first. */
export function suspectList(suspects: readonly Suspect[]): string {
  if (suspects.length === 0) return "None: no change of this target was found.";
  const lines = suspects.slice(0, shown).map((suspect) => {
    const why = suspect.why.length === 0 ? "" : `; ${suspect.why.map(sentence).join("; ")}`;
    return `- ${percent(suspect.score)} ${suspectLine(suspect)}${why}`;
  });
  const more = suspects.length > shown ? [`- and ${suspects.length - shown} more`] : [];
  return [...lines, ...more].join("\n");
}

/** `aaaaaaaaaaaa by …, 2026-…: subject`. */
export function suspectLine({ commit, author, committedAt, subject }: Suspect): string {
  return `${commit.slice(0, 12)} by ${inlineCode(author)}, ${formatTime(committedAt)}: ${inlineCode(subject)}`;
}

/** What it did to the target: `images[0].newTag` from … to …. Empty when nothing is known. */
export function suspectChanges({ changes }: Suspect): string {
  return changes
    .map(({ field, before, after }) => {
      const from = before === undefined ? "nothing" : inlineCode(before);
      const to = after === undefined ? "nothing" : inlineCode(after);
      return `${inlineCode(fieldPath(field.path))} from ${from} to ${to}`;
    })
    .join(", ");
}

export function percent(share: number): string {
  return `${Math.round(Math.min(1, Math.max(0, share)) * 100)} %`;
}
