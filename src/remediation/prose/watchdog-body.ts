/** The watchdog's issue: what is broken that Remit needs, since when, and what mends it. Changes only when that does. */
import { renderMarker } from "../marker.ts";
import type { Trouble } from "../watchdog/trouble.ts";
import { troubleWords } from "../watchdog/trouble-words.ts";
import { capitalized } from "./capitalized.ts";
import { formatTime } from "./format-time.ts";
import { sentence } from "./sentence.ts";
import { inlineCode } from "./untrusted.ts";

export const watchdogTitle = "Remit can't do its work here";

const listed = 30;

/** Without troubles: that all is right again. */
export function watchdogBody(repository: string, troubles: readonly Trouble[]): string {
  const paragraphs =
    troubles.length === 0
      ? ["All is right again. Remit opens this issue once more when something is wrong."]
      : [
          "**While this issue is open, don't count on Remit for everything.** Remit edits it in place and closes it when all is right again.",
          ...troubles.slice(0, listed).map(item),
          ...(troubles.length > listed ? [`${troubles.length - listed} more aren't shown.`] : []),
        ];
  return [renderMarker({ kind: "watchdog", incident: repository, version: 1 }), ...paragraphs]
    .join("\n\n")
    .concat("\n");
}

function item(trouble: Trouble): string {
  const { what, todo, more } = troubleWords(trouble);
  const quoted = more === undefined ? "" : ` ${capitalized(more.name)}: ${inlineCode(more.text, 300)}.`;
  return `- ${capitalized(sentence(what))} (${trouble.kind}), since ${formatTime(trouble.since)}.${quoted} ${sentence(todo)}`;
}
