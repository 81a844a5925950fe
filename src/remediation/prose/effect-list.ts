import type { Candidate } from "../../actions/candidate.ts";
import { fieldPath } from "./field-path.ts";
import { unifiedDiff } from "./unified-diff.ts";
import { fence, inlineCode } from "./untrusted.ts";

const diffLimit = 12_000;

/** The change in words, one line per field. */
export function effectList({ effects }: Candidate): string {
  return effects
    .map(
      ({ file, line, path, before, after }) =>
        `- ${inlineCode(fieldPath(path))} in ${inlineCode(file)}, line ${line}: ${inlineCode(before)} becomes ${inlineCode(after)}`,
    )
    .join("\n");
}

/** The change as a diff, without anything invisible. */
export function effectDiff({ files }: Candidate): string {
  return fence(files.map(unifiedDiff).join("\n"), "diff", diffLimit);
}
