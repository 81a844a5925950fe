/** Opens an incident for a change that a person asks for by name, where policy lets Remit propose it. */
import type { Command } from "../../actions/commands/command.ts";
import { sickWindowMs } from "../../authority/defaults.ts";
import { incidentId } from "../../incidents/incident-id.ts";
import { incidentQueue } from "../../incidents/incident-queue.ts";
import { targetName } from "../../target.ts";
import { type Asker, no, type Obeyed, yes } from "../comments/obeyed.ts";
import type { RepositoryView } from "../forge.ts";
import { requestedRecord } from "../new-record.ts";
import { planAsked } from "../plan-from-command.ts";
import { effectDiff } from "../prose/effect-list.ts";
import { reasonList } from "../prose/reason-list.ts";
import { sentence } from "../prose/sentence.ts";
import { tierMeaning } from "../prose/tier-meaning.ts";
import { inlineCode } from "../prose/untrusted.ts";
import { verdictTable } from "../prose/verdict-table.ts";
import { askedEntries } from "../recording/record-asked.ts";
import type { RepositoryReader } from "../repository-reader.ts";
import type { Plan } from "../response.ts";
import type { ReconcilerParts } from "../session.ts";
import { stormOf } from "../storm-of.ts";
import { visibleStop } from "../visible-stop.ts";
import { hasOpenPull, withOpenPulls } from "../with-open-pulls.ts";

export interface ChangeRequest {
  readonly parts: ReconcilerParts;
  readonly reader: RepositoryReader;
  /** Of this very moment. */
  readonly view: RepositoryView;
  /** Number of the issue or pull request that it is written on. */
  readonly on: number;
  readonly asker: Asker;
}

/** The same comment asks for the same incident, however often it is read. */
export async function requestChange(about: ChangeRequest, command: Command): Promise<Obeyed> {
  const { parts, reader, view, asker, on } = about;
  const { outcome } = await planNow(about, command);
  if (outcome.kind === "abstain") return no(`Not done:\n\n${reasonList(outcome.reasons)}`);
  const { candidate, verdict } = outcome;
  const { target } = candidate;
  const { repository } = reader.mirror;
  const { comment, login } = asker;
  const id = incidentId(repository, target, comment.createdAt, { comment: comment.id });
  const queue = incidentQueue({ repository, target });
  const other = (await parts.store.incidents.openOf(queue)).find(({ incident }) => incident.id !== id);
  if (other !== undefined) {
    const issue = other.response.issueNumber;
    const where = issue === undefined ? "and Remit says nothing of it yet" : `in #${issue}: ask for it there`;
    return no(`There is an open incident of ${inlineCode(targetName(target))}, ${where}.`);
  }
  if (hasOpenPull(view.openBranches, target))
    return no(`Remit has an open pull request for ${inlineCode(targetName(target))}: say it there.`);
  const would = sentence(candidate.title);
  const { tier } = verdict;
  if (tier === "observe" || tier === "suggest")
    return no(`Remit may only suggest to ${would}.\n\n${verdictTable(verdict)}\n\n${effectDiff(candidate)}`);
  const incident = { id, repository, target, openedAt: comment.createdAt, alerts: [] };
  const request = { by: login, at: comment.createdAt, on, command };
  const record = requestedRecord(incident, request);
  const entries = askedEntries(parts, record, { login, command: command.ask.action });
  if (await parts.store.incidents.save(record, { entries }))
    parts.log.info({ incident: id }, "incident opened, as asked");
  await parts.store.queue.add(id, parts.clock.now(), queue);
  return yes(`Remit is to ${would}. ${tierMeaning(verdict)} The pull request will show here.`);
}

async function planNow({ parts, reader, view }: ChangeRequest, command: Command): Promise<Plan> {
  const now = parts.clock.now();
  const { repository } = reader.mirror;
  return planAsked({
    reader,
    revision: view.head,
    command,
    images: parts.images,
    now,
    within: {
      attempts: 0,
      stop: visibleStop(view, parts.stopEnvironment()),
      storm: withOpenPulls(await stormOf(parts.store, repository, now - sickWindowMs, ""), view.openBranches),
      elsewhere: parts.elsewhere,
    },
  });
}
