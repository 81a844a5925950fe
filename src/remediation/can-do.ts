/** May Remit do an action on a target, when nothing about the change itself speaks against it? The whole of `remit can-i`. */
import { decide } from "../authority/decide.ts";
import { type Explanation, explain } from "../authority/explain.ts";
import type { Operand } from "../authority/verdict.ts";
import type { Instant } from "../clock.ts";
import type { Incident } from "../incidents/incident.ts";
import type { Target } from "../target.ts";
import { deliveryBlocks } from "./delivery-blocks.ts";
import { breakerMemoryMs, pastRemediations } from "./past-remediations.ts";
import { replayed } from "./replayed.ts";
import { type RepositoryReader, stopPath } from "./repository-reader.ts";
import { stormAt } from "./storm-at.ts";

export interface CanDoInput {
  readonly reader: RepositoryReader;
  readonly revision: string;
  readonly action: string;
  readonly target: Target;
  /** The alert that would lead to it; decides which runbook holds. */
  readonly alert: string | undefined;
  readonly now: Instant;
}

/** The change is taken to be one line, sure and without risks, and an alert to have just fired: those are for the incident to say. */
export async function canDo({ reader, revision, action, target, alert, now }: CanDoInput): Promise<Explanation> {
  const rearmedAt = await reader.policyChangedAt(revision, now - breakerMemoryMs);
  const records = await pastRemediations(reader, revision, now, rearmedAt);
  const stopped = (await reader.texts(revision, [stopPath])).has(stopPath);
  const verdict = decide({
    candidate: {
      action,
      target,
      files: [{ path: "values.yaml", before: "a\n", after: "b\n" }],
      confidence: 1,
      risks: [],
    },
    authority: replayed(await reader.authority(revision), records),
    runbooks: await reader.runbooks(revision),
    records,
    rearmedAt,
    stop: {
      active: stopped,
      reason: { code: "stop-file", message: ".github/remit/STOP exists on the default branch" },
    },
    storm: await stormAt(reader, revision, { sickServices: 1, changesUnderWay: 0 }),
    now,
    incident: incidentOf(reader.mirror.repository, target, alert, now),
    attempts: 0,
    kind: "fix",
    deliveryBlocked: await deliveryBlocks(reader, revision, target, now),
  });
  return explain({ ...verdict, operands: verdict.operands.filter(({ name }) => !ofChange.has(name)) });
}

/** What only a real change and a real alert can answer. */
const ofChange: ReadonlySet<Operand["name"]> = new Set([
  "path",
  "size",
  "step",
  "render",
  "risk",
  "evidence",
  "flip-flop",
]);

function incidentOf(repository: string, target: Target, alert: string | undefined, now: Instant): Incident {
  return {
    id: "can-i",
    repository,
    target,
    openedAt: now,
    alerts: [
      {
        source: "can-i",
        fingerprint: "can-i",
        startsAt: now,
        labels: alert === undefined ? {} : { alertname: alert },
        annotations: {},
        status: "firing",
        firstSeenAt: now,
        lastFiringAt: now,
        resolvedAt: undefined,
      },
    ],
  };
}
