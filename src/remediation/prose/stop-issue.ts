import { inlineCode } from "./untrusted.ts";

export const stopIssueTitle = "Remit is stopped";

/** While it is open and labelled, Remit only watches. */
export function stopIssueBody(login: string): string {
  return [
    `${inlineCode(login)} asked Remit to stop. While this issue is open, Remit watches this repository and changes nothing in it.`,
    "Close it, or comment `/remit start` on an incident, to let it act again.",
  ]
    .join("\n\n")
    .concat("\n");
}

/** Below the issue that is closed by it. */
export function startedComment(login: string): string {
  return `${inlineCode(login)} started Remit again on its status page.\n`;
}
