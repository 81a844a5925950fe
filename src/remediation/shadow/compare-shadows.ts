/** Compares what waits to be compared in one repository with what people merged meanwhile. Safe to repeat, and in any number of replicas. */
import type { Instant } from "../../clock.ts";
import { digest } from "../../digest.ts";
import { ownedFiles } from "../../gitops/history/owned-files.ts";
import type { Revision } from "../../gitops/mirror/mirror.ts";
import type { IncidentRecord } from "../../store/store.ts";
import { targetKey } from "../../target.ts";
import { findEntry } from "../evidence.ts";
import type { RepositoryReader } from "../repository-reader.ts";
import type { ReconcilerParts } from "../session.ts";
import { better } from "./compare-shadow.ts";
import { lookAtMerges } from "./look-at-merges.ts";
import type { Shadow } from "./shadow.ts";

export type ShadowParts = Pick<ReconcilerParts, "store" | "reader" | "clock" | "log">;

const day = 24 * 60 * 60_000;
/** People mend in git what they mended in the cluster first, or what came back. Counted from the end of the incident. */
export const comparedForMs = day;
/** However long it is open. */
export const comparedAtMostMs = 7 * day;

/** Heads at which shadows were compared, by incident: only a push changes what comes of it. */
const compared = new WeakMap<RepositoryReader, Map<string, Revision>>();

export async function compareShadows(parts: ShadowParts, repository: string): Promise<void> {
  const waiting = await parts.store.shadows.waiting(repository);
  if (waiting.length === 0) return;
  const reader = await parts.reader(repository);
  const due = await dueOf(parts, waiting);
  if (due.some(({ over }) => over)) await fetchOnce(parts, reader);
  const head = await reader.mirror.head();
  const known = compared.get(reader) ?? new Map<string, Revision>();
  compared.set(reader, known);
  for (const { shadow, until, over } of due) {
    const seen = known.get(shadow.incident);
    if (seen === head && !over) continue;
    const next = await compareOne(parts, reader, shadow, { head, until, over, seen });
    if (next.settledAt === undefined) known.set(shadow.incident, head);
    else known.delete(shadow.incident);
  }
}

/** What a lost webhook would have told counts, too. A repository that is gone keeps nothing waiting for ever. */
async function fetchOnce({ log }: ShadowParts, { mirror }: RepositoryReader): Promise<void> {
  try {
    await mirror.fetch();
  } catch (error) {
    log.warn({ repository: mirror.repository, error }, "shadows are compared with what was fetched before");
  }
}

interface Due {
  readonly shadow: Shadow;
  readonly until: Instant;
  readonly over: boolean;
}

async function dueOf({ store, clock }: ShadowParts, waiting: readonly Shadow[]): Promise<readonly Due[]> {
  const due: Due[] = [];
  for (const shadow of waiting) {
    const record = await store.incidents.get(shadow.incident);
    // Allowed or told to, Remit acted after all.
    if (record !== undefined && record.response.remediations.length > 0) {
      await store.shadows.drop(shadow.incident);
      continue;
    }
    const until = comparedUntil(shadow, record, waiting);
    due.push({ shadow, until, over: until <= clock.now() });
  }
  return due;
}

/** One more incident of the target ends it: what people merge from then on answers that one. */
function comparedUntil(
  { target, plannedAt }: Shadow,
  record: IncidentRecord | undefined,
  waiting: readonly Shadow[],
): Instant {
  const later = waiting
    .filter((other) => targetKey(other.target) === targetKey(target) && other.plannedAt > plannedAt)
    .map((other) => other.plannedAt);
  const closedAt = record === undefined ? plannedAt : record.response.closed?.at;
  const end = closedAt === undefined ? Number.POSITIVE_INFINITY : closedAt + comparedForMs;
  return Math.min(end, plannedAt + comparedAtMostMs, ...later);
}

interface OneLook {
  readonly head: Revision;
  readonly until: Instant;
  readonly over: boolean;
  /** The head up to which it was compared; undefined: from where it was planned. */
  readonly seen: Revision | undefined;
}

async function compareOne(
  { store, clock, log }: ShadowParts,
  reader: RepositoryReader,
  shadow: Shadow,
  { head, until, over, seen }: OneLook,
): Promise<Shadow> {
  const now = clock.now();
  const concerns = await isConcerned(reader, shadow, seen ?? shadow.base, head);
  const found = concerns ? await lookAtMerges(reader, shadow, { head, until, now }) : undefined;
  const comparison = found === undefined ? shadow.comparison : better(shadow.comparison, found);
  const settled = over || comparison?.outcome === "same";
  const next: Shadow = {
    ...shadow,
    comparison: settled ? (comparison ?? { outcome: "none" }) : comparison,
    settledAt: settled ? now : undefined,
  };
  if (digest(next) === digest(shadow)) return next;
  await store.shadows.save(next);
  if (settled) {
    const { incident, runbook, action } = next;
    log.info({ incident, runbook, action, outcome: next.comparison?.outcome }, "compared with what people merged");
  }
  return next;
}

/** Did anything change that may be the target's? Most pushes are about others, and reading histories costs more than this. */
async function isConcerned(
  reader: RepositoryReader,
  { target }: Shadow,
  from: Revision,
  head: Revision,
): Promise<boolean> {
  if (from === head || !(await reader.mirror.has(from))) return false;
  const changed = await reader.mirror.diff(from, head);
  const catalogue = await reader.catalogue(head);
  const entry = findEntry(catalogue, target);
  if (entry === undefined) return false;
  const { owns } = ownedFiles(await reader.ownership(head), entry, [target]);
  const collections = new Set(catalogue.collections?.map(({ file }) => file));
  return changed.some(({ path }) => owns(path) || collections.has(path));
}
