import type { Command } from "../../actions/commands/command.ts";
import { changesPerRepository } from "../../authority/defaults.ts";
import { targetKey, targetName } from "../../target.ts";
import type { Obeyed } from "../comments/obey.ts";
import { countStorm } from "../count-storm.ts";
import { decideCommand } from "../plan-from-command.ts";
import { reasonList } from "../prose/reason-list.ts";
import { sentence } from "../prose/sentence.ts";
import { tierMeaning } from "../prose/tier-meaning.ts";
import { inlineCode } from "../prose/untrusted.ts";
import type { Plan } from "../response.ts";
import type { Session } from "../session.ts";
import { visibleStop } from "../visible-stop.ts";
import { withOpenPulls } from "../with-open-pulls.ts";
import { freshView } from "./need-view.ts";
import { begin, mayWrite } from "./plan.ts";
import { readWithoutBranch } from "./read.ts";

/** Begins what a person asks for by name, as policy allows: the same path as any change. */
export async function act(session: Session, command: Command): Promise<Obeyed> {
  if (freshView(session).openBranches === undefined) await readWithoutBranch(session);
  const view = freshView(session);
  const { incident, response, parts } = session;
  const now = session.now();
  const decision = await decideCommand({
    reader: session.reader,
    revision: view.head,
    command,
    images: parts.images,
    now,
    within: {
      incident,
      attempts: response.remediations.length,
      stop: visibleStop(view, parts.stopEnvironment()),
      storm: withOpenPulls(await countStorm(session), view.openBranches, incident.target),
      elsewhere: parts.elsewhere,
    },
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
  const begun = mayWrite(plan) ? [await begin(session, plan, view.defaultBranch)] : [];
  const remediations = [...response.remediations, ...begun];
  const guard = begun.length === 0 ? {} : { changesPerRepository };
  await session.save({ plan, remediations }, "planned", `decided to ${candidate.title}, as asked`, guard);
  // The look didn't know the branch; what stands there is read before anything is written.
  session.view = begun.length === 0 ? session.view : undefined;
  return { obeyed: true, text: `Remit is to ${sentence(candidate.title)}. ${tierMeaning(verdict)}` };
}
