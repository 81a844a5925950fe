/** Stops or starts Remit in a repository for a person who pressed a button: by the rules, and with the effects, of `/remit stop` and `/remit start`. */
import { atLeast } from "../permission.ts";
import { startedComment } from "../prose/stop-issue.ts";
import type { RecordingParts } from "../recording/record-asked.ts";
import type { ReconcilerParts } from "../session.ts";
import { directiveRules } from "./directive.ts";
import { no, type Obeyed } from "./obeyed.ts";
import { startAsked, stopAsked } from "./switch-asked.ts";
import { turnSwitchRecorded } from "./turn-switch.ts";

export type TurnParts = Pick<ReconcilerParts, "forge" | "log" | "stopEnvironment"> &
  RecordingParts & {
    /** On an issue of the repository. */
    readonly comment: (repository: string, number: number, body: string) => Promise<void>;
  };

export interface Turn {
  readonly repository: string;
  readonly login: string;
  readonly to: "stop" | "start";
}

/** What the person may do is asked of GitHub now. Throws where it can't be asked: nobody is assumed to be allowed. */
export async function turnAsAsked(parts: TurnParts, { repository, login, to }: Turn): Promise<Obeyed> {
  const forge = parts.forge(repository);
  const { permission: least } = directiveRules[to];
  if (!atLeast(await forge.permission(login), least)) return no(`It takes ${least} permission on this repository.`);
  const view = await forge.read({ branch: undefined, incidentId: "", issueNumber: undefined });
  if (view.archived) return no("The repository is archived.");
  const decide = to === "stop" ? stopAsked : startAsked;
  const decided = decide(view, parts.stopEnvironment());
  if (decided.effect === undefined) return decided;
  const { stopIssue } = view;
  // Whoever stops it stands in the issue; whoever starts it would stand nowhere.
  if (decided.effect === "close-stop" && stopIssue !== undefined)
    await parts.comment(repository, stopIssue, startedComment(login));
  const { obeyed } = await turnSwitchRecorded(parts, { forge, repository, stopIssue, login }, decided);
  parts.log.warn({ repository, login, to }, "a person turned Remit's switch on the status page");
  return obeyed;
}
