import type { Reason } from "../reason.ts";

export interface StopSwitches {
  /** `.github/remit/STOP` exists on the default branch. */
  readonly stopFile: boolean;
  /** Number of an open issue labelled `remit:stop`. */
  readonly stopIssue: number | undefined;
  /** `REMIT_STOP` is set where Remit runs. */
  readonly environment: boolean;
}

/** Why Remit only watches; undefined when no switch is on. One is enough. */
export function stopReason({ stopFile, stopIssue, environment }: StopSwitches): Reason | undefined {
  if (environment) return { code: "stop-environment", message: "REMIT_STOP is set where Remit runs" };
  if (stopFile) return { code: "stop-file", message: ".github/remit/STOP exists on the default branch" };
  if (stopIssue !== undefined) {
    return { code: "stop-issue", message: `issue #${stopIssue}, labelled remit:stop, is open` };
  }
  return undefined;
}
