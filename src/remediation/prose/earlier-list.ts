import type { EarlierChange, Response } from "../response.ts";
import { formatTime } from "./format-time.ts";
import { inlineCode } from "./untrusted.ts";

/** What Remit did for the target before; nothing where it did nothing. */
export function earlierSection({ plan }: Pick<Response, "plan">): string[] {
  const { earlier = [] } = plan ?? {};
  return earlier.length === 0 ? [] : [`### What Remit did here before\n\n${earlier.map(line).join("\n")}`];
}

function line({ at, commit, action, incident, takenBackAt }: EarlierChange): string {
  const end = takenBackAt === undefined ? "it stood" : `taken back ${formatTime(takenBackAt)}`;
  return `- ${formatTime(at)} ${inlineCode(action)}, ${commit.slice(0, 12)}, for ${inlineCode(incident)}: ${end}`;
}
