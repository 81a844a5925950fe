/** What a command changes, and what is answered. Pure: whoever asks was looked up at GitHub a moment ago. */
import type { Instant } from "../../clock.ts";
import type { RepositoryView } from "../forge.ts";
import { atLeast } from "../permission.ts";
import { explanation } from "../prose/explanation.ts";
import { formatTime } from "../prose/format-time.ts";
import { helpTable } from "../prose/help-table.ts";
import { issueState } from "../prose/issue-body.ts";
import type { Remediation, Response } from "../response.ts";
import type { Permission, Situation } from "../situation.ts";
import type { Asked } from "./asked.ts";
import { type Directive, directiveRules } from "./directive.ts";
import { type Asker, no, type Obeyed, yes } from "./obeyed.ts";
import { startAsked, stopAsked } from "./switch-asked.ts";
import { whyRefused } from "./why-refused.ts";

/** What it needs to know of the incident. */
type Known = Pick<Situation, "now" | "response" | "stopEnvironment">;

export function obey(situation: Known, view: RepositoryView, directive: Directive, asker: Asker): Obeyed {
  const refusal = refused(situation, directive, asker);
  return refusal === undefined ? byName(situation, view, directive, asker) : no(refusal);
}

function refused({ now, response }: Known, directive: Directive, asker: Asker): string | undefined {
  const { permission } = directiveRules[directive.do];
  return whyRefused(
    now,
    directive,
    asker,
    directive.do === "approve" ? approvalPermission(response, permission) : permission,
  );
}

function approvalPermission(response: Response, least: Permission): Permission {
  const asked = response.remediations.at(-1)?.verdict.approvals.permission ?? least;
  return atLeast(asked, least) ? asked : least;
}

function byName(situation: Known, view: RepositoryView, directive: Directive, asker: Asker): Obeyed {
  const { response, stopEnvironment } = situation;
  const ask = { by: asker.login, at: asker.comment.createdAt };
  const current = response.remediations.at(-1);
  switch (directive.do) {
    case "status":
      return yes(issueState({ response, remediation: current }));
    case "explain":
      return yes(explanation(response));
    case "help":
      return yes(helpTable());
    case "approve":
      return approve(situation, view, directive.head, ask);
    case "reject":
      return withUnmerged(current, (change) =>
        yes(`Pull request ${numbered(change)} is closed. The same change isn't proposed again.`, response, {
          rejected: ask,
        }),
      );
    case "hold":
      return hold(situation, ask, undefined);
    case "snooze":
      return hold(situation, ask, ask.at + directive.forMs);
    case "resume":
      return response.asked?.held === undefined
        ? no("Nothing is held here.")
        : yes("The hold is over.", response, { held: undefined });
    case "retry":
      return retry(current);
    case "undo":
      return undo(response, current, ask);
    case "escalate":
      return response.escalated === undefined
        ? yes("A person is called: see the handoff.", response, { escalate: ask })
        : no(`A person was called at ${formatTime(response.escalated.at)}: see the handoff.`);
    case "stop":
      return stopAsked(view, stopEnvironment);
    case "start":
      return startAsked(view, stopEnvironment);
    case "act":
      return act(current);
  }
}

function approve({ response }: Known, view: RepositoryView, named: string | undefined, ask: Ask): Obeyed {
  const current = response.remediations.at(-1);
  const { pull } = view;
  if (current === undefined || current.ended !== undefined || pull?.state !== "open")
    return no("There is no open pull request of Remit's here.");
  if (current.commit !== pull.head) return no("Somebody else committed to the pull request, so it is theirs to merge.");
  if (named !== undefined && !pull.head.startsWith(named))
    return no(`The pull request stands at ${pull.head.slice(0, 12)}. Approve that, or nothing.`);
  if (ask.at < pull.createdAt) return no("The pull request was opened after that. Look at it, and approve once more.");
  const others = (response.asked?.approvals ?? []).filter(({ by }) => by !== ask.by);
  const text = `Approved: commit ${pull.head.slice(0, 12)}, and no other.`;
  return yes(text, response, { approvals: [...others, { ...ask, head: pull.head }] });
}

function hold({ now, response }: Known, ask: Ask, until: Instant | undefined): Obeyed {
  if (until !== undefined && until <= now) return no("That time is over.");
  const end = until === undefined ? "somebody says `/remit resume`" : formatTime(until);
  return yes(`Nothing is written to git for this incident until ${end}.`, response, { held: { ...ask, until } });
}

function retry(current: Remediation | undefined): Obeyed {
  if (current === undefined) return { ...yes("Remit looks and decides once more."), change: { plan: undefined } };
  if (current.ended === undefined) return no(`A change is under way: pull request ${numbered(current)}.`);
  return no("A change was made and is over. Ask for another one by name, such as `/remit rollback`.");
}

function undo(response: Response, current: Remediation | undefined, ask: Ask): Obeyed {
  if (current?.kind === "undo") return no("What was merged is being taken back, or was.");
  if (current?.merged === undefined) return no("Nothing was merged here.");
  return yes(`Remit takes back ${current.merged.commit.slice(0, 12)}, as policy allows.`, response, { undo: ask });
}

function act(current: Remediation | undefined): Obeyed {
  if (current !== undefined && current.ended === undefined && current.merged === undefined)
    return no(`A change is under way: pull request ${numbered(current)}. Reject it first.`);
  if (current !== undefined && current.ended === undefined)
    return no("A change was merged, and Remit watches whether it helps. Undo it first.");
  return { ...yes(""), effect: "act" };
}

function withUnmerged(current: Remediation | undefined, then: (change: Remediation) => Obeyed): Obeyed {
  if (current === undefined || current.ended !== undefined) return no("There is no change under way here.");
  return current.merged === undefined ? then(current) : no("It is merged already. `/remit undo` takes it back.");
}

function numbered({ pullNumber }: Remediation): string {
  return pullNumber === undefined ? "(not opened yet)" : `#${pullNumber}`;
}

type Ask = NonNullable<Asked["rejected"]>;
