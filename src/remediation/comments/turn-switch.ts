/** Does on GitHub what `/remit stop` and `/remit start` ask for. */
import type { Forge } from "../forge.ts";
import { stopIssueBody, stopIssueTitle } from "../prose/stop-issue.ts";
import type { Log } from "../session.ts";
import type { Obeyed } from "./obeyed.ts";

export interface Switching {
  readonly forge: Pick<Forge, "openStop" | "closeStop">;
  readonly log: Log;
  /** The issue that keeps Remit stopped, if any. */
  readonly stopIssue: number | undefined;
  readonly login: string;
}

/** Answers what to say, and which issue keeps Remit stopped now. */
export async function turnSwitch(
  { forge, log, stopIssue, login }: Switching,
  decided: Obeyed,
): Promise<{ readonly obeyed: Obeyed; readonly stopIssue: number | undefined }> {
  if (decided.effect === "open-stop") {
    const { issueNumber } = await forge.openStop({ title: stopIssueTitle, body: stopIssueBody(login) });
    log.warn({ issue: issueNumber }, "a person stopped Remit in this repository");
    const text = `${decided.text} Lift it by \`/remit start\`, or by closing #${issueNumber}.`;
    return { obeyed: { ...decided, text }, stopIssue: issueNumber };
  }
  if (stopIssue !== undefined) await forge.closeStop(stopIssue);
  return { obeyed: decided, stopIssue: undefined };
}
