/** What controllers said about revisions that contain a merge. A descendant counts; another application's report doesn't. */
import { delivers } from "../gitops/catalogue/delivers.ts";
import type { SyncSignal } from "../signals/signal.ts";
import type { Target } from "../target.ts";
import { findEntry } from "./evidence.ts";
import type { RepositoryReader } from "./repository-reader.ts";
import type { Remediation } from "./response.ts";
import type { Delivery } from "./situation.ts";

export const nothingDelivered: Delivery = { applied: undefined, failed: undefined, health: "unknown" };

/** `syncs` are newest first. */
export async function readDelivery(
  reader: RepositoryReader,
  target: Target,
  remediation: Remediation,
  syncs: readonly SyncSignal[],
): Promise<Delivery> {
  const { merged } = remediation;
  if (merged === undefined) return nothingDelivered;
  const relevant = await syncsContaining(reader, target, merged.commit, syncs);
  const applied = relevant.filter((sync) => sync.phase === "applied").at(-1);
  const failed = relevant.find((sync) => sync.phase === "failed");
  return {
    applied: applied && report(applied),
    failed: failed && report(failed),
    health: relevant.find((sync) => sync.phase !== "progressing")?.health ?? "unknown",
  };
}

async function syncsContaining(
  reader: RepositoryReader,
  target: Target,
  merge: string,
  syncs: readonly SyncSignal[],
): Promise<SyncSignal[]> {
  const known = new Map<string, boolean>();
  const result: SyncSignal[] = [];
  for (const sync of syncs) {
    const contains = known.get(sync.revision) ?? (await containsMerge(reader, merge, sync.revision));
    known.set(sync.revision, contains);
    if (!contains) continue;
    const catalogue = await reader.catalogue(sync.revision);
    const entry = findEntry(catalogue, target);
    if (entry !== undefined && delivers(catalogue, sync, entry)) result.push(sync);
  }
  return result;
}

/** A commit that isn't on the default branch was never reviewed there: whoever names it tells nothing about what was merged. */
async function containsMerge(reader: RepositoryReader, merge: string, revision: string): Promise<boolean> {
  await reader.require(revision);
  if (!(await reader.mirror.has(revision)) || !(await reader.mirror.has(merge))) return false;
  if (!(await reader.mirror.isAncestor(merge, revision))) return false;
  if (await reader.mirror.isAncestor(revision, await reader.mirror.head())) return true;
  // It came as the head of a merge queue's group, and main has gone there since.
  await reader.mirror.fetch();
  return reader.mirror.isAncestor(revision, await reader.mirror.head());
}

function report(sync: SyncSignal) {
  return { at: sync.observedAt, revision: sync.revision, application: sync.application };
}
