/** Does on GitHub what `/remit stop` and `/remit start` ask for. */
import type { Forge } from "../forge.ts";
import { stopIssueBody, stopIssueTitle } from "../prose/stop-issue.ts";
import { type RecordingParts, recordSwitch } from "../recording/record-asked.ts";
import type { ReconcilerParts } from "../session.ts";
import type { Obeyed } from "./obeyed.ts";

export interface Switching {
  readonly forge: Pick<Forge, "openStop" | "closeStop">;
  readonly repository: string;
  /** The issue that keeps Remit stopped, if any. */
  readonly stopIssue: number | undefined;
  readonly login: string;
}

export interface Switched {
  /** What to say. */
  readonly obeyed: Obeyed;
  /** The issue that keeps Remit stopped now. */
  readonly stopIssue: number | undefined;
}

/** Where no incident's own record tells of it: that it was asked for is recorded before, that it was done after. */
export async function turnSwitchRecorded(
  parts: RecordingParts & Pick<ReconcilerParts, "log">,
  switching: Switching,
  decided: Obeyed,
): Promise<Switched> {
  const { repository, login } = switching;
  const turned = { repository, login, command: decided.effect === "open-stop" ? "stop" : "start" } as const;
  await recordSwitch(parts, "commanded", turned);
  const done = await turnSwitch(parts, switching, decided);
  await recordSwitch(parts, "stopped", turned);
  return done;
}

export async function turnSwitch(
  { log }: Pick<ReconcilerParts, "log">,
  { forge, repository, stopIssue, login }: Switching,
  decided: Obeyed,
): Promise<Switched> {
  if (decided.effect === "open-stop") {
    const { issueNumber } = await forge.openStop({ title: stopIssueTitle, body: stopIssueBody(login) });
    log.warn({ repository, issue: issueNumber }, "a person stopped Remit in this repository");
    const text = `${decided.text} Lift it by \`/remit start\`, or by closing #${issueNumber}.`;
    return { obeyed: { ...decided, text }, stopIssue: issueNumber };
  }
  if (stopIssue !== undefined) await forge.closeStop(stopIssue);
  return { obeyed: decided, stopIssue: undefined };
}
