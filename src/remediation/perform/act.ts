import type { Command } from "../../actions/commands/command.ts";
import { targetKey, targetName } from "../../target.ts";
import type { Obeyed } from "../comments/obey.ts";
import { decideCommand } from "../plan-from-command.ts";
import { reasonList } from "../prose/reason-list.ts";
import { sentence } from "../prose/sentence.ts";
import { tierMeaning } from "../prose/tier-meaning.ts";
import { inlineCode } from "../prose/untrusted.ts";
import type { Plan } from "../response.ts";
import type { Session } from "../session.ts";
import { freshView } from "./need-view.ts";
import { circumstances, keepPlan } from "./plan.ts";
import { readWithoutBranch } from "./read.ts";

/** Begins what a person asks for by name, as policy allows: the same path as any change. */
export async function act(session: Session, command: Command): Promise<Obeyed> {
  if (freshView(session).openBranches === undefined) await readWithoutBranch(session);
  const view = freshView(session);
  const { incident, response } = session;
  const now = session.now();
  const decision = await decideCommand({
    reader: session.reader,
    revision: view.head,
    command,
    images: session.parts.images,
    now,
    within: await circumstances(session, view),
  });
  if (decision.outcome === "refused") return { obeyed: false, text: `Not done:\n\n${reasonList(decision.reasons)}` };
  const { candidate, verdict, kind } = decision;
  if (targetKey(candidate.target) !== targetKey(incident.target)) {
    const [asked, here] = [targetName(candidate.target), targetName(incident.target)].map((name) => inlineCode(name));
    return { obeyed: false, text: `This incident is about ${here}, and that would change ${asked}.` };
  }
  const outcome = {
    kind: "change" as const,
    candidate,
    verdict,
    ...(kind === "undo" ? { takesBack: true as const } : {}),
  };
  const plan: Plan = { at: now, base: view.head, suspects: decision.suspects ?? [], outcome };
  const message = `decided to ${candidate.title}, as asked`;
  await keepPlan(session, view, plan, { toldAt: response.toldAt, event: "planned", message });
  return { obeyed: true, text: `Remit is to ${sentence(candidate.title)}. ${tierMeaning(verdict)}` };
}
