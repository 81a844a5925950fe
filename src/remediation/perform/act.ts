import type { Command } from "../../actions/commands/command.ts";
import { targetKey, targetName } from "../../target.ts";
import { no, type Obeyed, yes } from "../comments/obeyed.ts";
import { planAsked } from "../plan-from-command.ts";
import { reasonList } from "../prose/reason-list.ts";
import { sentence } from "../prose/sentence.ts";
import { tierMeaning } from "../prose/tier-meaning.ts";
import { inlineCode } from "../prose/untrusted.ts";
import type { Session } from "../session.ts";
import { freshView } from "./need-view.ts";
import { circumstances, keepPlan } from "./plan.ts";
import { readWithoutBranch } from "./read.ts";

/** Begins what a person asks for by name, as policy allows: the same path as any change. */
export async function act(session: Session, command: Command): Promise<Obeyed> {
  if (freshView(session).openBranches === undefined) await readWithoutBranch(session);
  const view = freshView(session);
  const { incident, response } = session;
  const plan = await planAsked({
    reader: session.reader,
    revision: view.head,
    command,
    images: session.parts.images,
    now: session.now(),
    within: await circumstances(session, view),
  });
  if (plan.outcome.kind === "abstain") return no(`Not done:\n\n${reasonList(plan.outcome.reasons)}`);
  const { candidate, verdict } = plan.outcome;
  if (targetKey(candidate.target) !== targetKey(incident.target)) {
    const [asked, here] = [targetName(candidate.target), targetName(incident.target)].map((name) => inlineCode(name));
    return no(`This incident is about ${here}, and that would change ${asked}.`);
  }
  const message = `decided to ${candidate.title}, as asked`;
  await keepPlan(session, view, plan, { toldAt: response.toldAt, event: "planned", message });
  return yes(`Remit is to ${sentence(candidate.title)}. ${tierMeaning(verdict)}`);
}
