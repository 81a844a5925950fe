/** What differs between two texts and doesn't show on a screen. */
import type { ReasonCode } from "../../reason.ts";

/** Controls, text direction, zero-width characters, tags, private use. A byte order mark at the start is told apart. */
const invisible = /[\p{Cf}\p{Co}\p{Cn}\p{Default_Ignorable_Code_Point}\p{Zl}\p{Zp}]|[^\P{Cc}\t\n\r]/gu;
const byteOrderMark = "\ufeff";

export function textDoubts(before: string | undefined, after: string | undefined): readonly ReasonCode[] {
  const doubts: ReasonCode[] = [];
  if (before !== undefined && after !== undefined && encoding(before) !== encoding(after))
    doubts.push("encoding-changed");
  if (after !== undefined && gained(hidden(before ?? ""), hidden(after))) doubts.push("text-invisible");
  return doubts;
}

/** Byte order mark, and how lines end: all with a return, none, or some. */
function encoding(text: string): string {
  const lines = text.split("\n").length - 1;
  const returns = text.split("\r").length - 1;
  return `${text.startsWith(byteOrderMark)} ${returns > 0 && returns === lines ? "crlf" : returns}`;
}

function hidden(text: string): readonly string[] {
  const body = text.startsWith(byteOrderMark) ? text.slice(1) : text;
  return body.match(invisible) ?? [];
}

/** Is there one in the text after that the text before didn't have as often, or in another order? */
function gained(before: readonly string[], after: readonly string[]): boolean {
  return after.length > 0 && before.join("") !== after.join("");
}
