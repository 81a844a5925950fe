/**
 * L1: what was for a time only is taken back, once, or it isn't in force any more, or a person was told of it, once. L2: never over
 * what anybody else wrote. L3: not before its time is over, and not told before that. L4: only where it was Remit's own.
 */
import { findMarker } from "../../../src/remediation/marker.ts";
import { placeOf } from "../ailments.ts";
import { type Lease, type LineChange, leasesOf, lineChanges } from "../leases.ts";
import type { Simulation } from "../simulation.ts";
import { remitCommit, remitHistory } from "./facts.ts";
import type { Invariant } from "./invariant.ts";

export const leasesEnd: Invariant = (simulation) => {
  const { github, watch, ailments: has } = simulation;
  if (has.size === 0) return undefined;
  /** By the lease's commit, that of its end. */
  const ends = new Map<string, string>();
  watch.onAsked(({ merged, at }) => {
    if (merged === undefined || !isEnd(simulation, merged.commit)) return;
    const [end] = lineChanges(github, has, merged.commit);
    // Somebody did the same just before: the merge had nothing left to change.
    if (end?.commit !== merged.commit) return;
    const fail = (promise: string, what: string) => simulation.fail(promise, `${end.service}, ${end.of}: ${what}`);
    // What somebody wrote between the last look and GitHub's merge, Remit couldn't know.
    const known = merged.by === "remit" ? merged.base : (merged.look?.head ?? merged.base);
    const earlier = lineChanges(github, has, known).filter((change) => isOfSame(change, end));
    const lease = leasesOf(github, has, known).find(
      (one) => isOfSame(one, end) && one.before === end.after && one.after === end.before,
    );
    if (lease === undefined) return fail("L4", `${end.before} was no lease of Remit's, and becomes ${end.after}`);
    const since = earlier.slice(
      0,
      earlier.findIndex(({ commit }) => commit === lease.commit),
    );
    if (since.some(({ ours }) => !ours)) return fail("L2", `what somebody else wrote becomes ${end.after}`);
    if (at < lease.expiresAt - simulation.toleratedSkewMs) return fail("L3", "its time isn't over");
    if (ends.has(lease.commit)) return fail("L1", "it ends a second time");
    ends.set(lease.commit, merged.commit);
  });
  return async () => {
    const now = simulation.time.now();
    for (const lease of leasesOf(github, has, github.mainHead)) {
      const fail = (promise: string, what: string) =>
        simulation.fail(promise, `${lease.service}, ${lease.of}: ${what}`);
      const told = saidOf(simulation, lease);
      if (told.length > 1) fail("L1", `people were told ${told.length} times that it is theirs`);
      if (told.some(({ createdAt }) => createdAt < lease.expiresAt - simulation.toleratedSkewMs))
        fail("L3", "people were told of it before its time was over");
      // Who stops everything for good wants nothing to end, and nothing to be said.
      if (now - lease.expiresAt < settledMs || isStopped(simulation) || isLocked(simulation, lease)) continue;
      if (told.length === 0 && isTheirs(simulation, lease)) fail("L1", "somebody has changed it, and nobody was told");
      if (!stands(simulation, lease) || (await isTold(simulation, lease))) continue;
      fail("L1", "its time is over, it stands, and nobody was told");
    }
  };
};

/** A world that is quiet has seen it end, or will not. */
const settledMs = 25 * 60_000;

/** An undo in an incident of its own: that of a fix that didn't help has its fix's. */
function isEnd({ github }: Simulation, oid: string): boolean {
  const undo = remitCommit(github, oid);
  if (undo?.action !== "undo") return false;
  return !remitHistory(github, undo.parent ?? "").some(({ incident }) => incident === undo.incident);
}

function isOfSame(a: LineChange, b: LineChange): boolean {
  return a.service === b.service && a.of === b.of;
}

function isStopped({ github, stopEnvironment }: Simulation): boolean {
  return stopEnvironment || github.visibleStop() !== undefined;
}

/** GitHub takes no word of Remit's there. */
function isLocked({ github }: Simulation, { commit }: Lease): boolean {
  return github.world.pulls.some(({ merged, locked }) => merged?.commit === commit && locked !== undefined);
}

/** What Remit said, on its pull request, of a lease that is left to people. */
function saidOf({ github }: Simulation, { commit }: Lease) {
  const pull = github.world.pulls.find(({ merged }) => merged?.commit === commit);
  const own = (pull?.comments ?? []).filter(({ author }) => author === github.world.remit.bot);
  return own.filter(({ body }) => findMarker(body)?.kind === "lease");
}

/** Somebody else has changed the very lines since, never back to what they were. */
function isTheirs({ github, ailments: has }: Simulation, lease: Lease): boolean {
  const changes = lineChanges(github, has, github.mainHead).filter((change) => isOfSame(change, lease));
  const since = changes.slice(
    0,
    changes.findIndex(({ commit }) => commit === lease.commit),
  );
  return since.length > 0 && since.every(({ ours, after }) => !ours && after !== lease.before && after !== lease.after);
}

/** Nobody has changed the lines since, or written right beside them: that is theirs. */
function stands({ github, ailments: has }: Simulation, lease: Lease): boolean {
  const { of, path, commit } = lease;
  const [made, now] = [commit, github.mainHead].map((at) => placeOf(of, github.text(at, path)));
  const [newest] = lineChanges(github, has, github.mainHead).filter((change) => isOfSame(change, lease));
  return made === now && newest?.commit === commit;
}

/** By an issue or a pull request about it. */
async function isTold({ store }: Simulation, { commit }: Lease): Promise<boolean> {
  const records = await store.incidents.list(1000);
  return records.some(
    ({ incident, response }) =>
      incident.alerts.some(({ labels }) => labels.lease === commit) &&
      (response.escalated !== undefined || response.issueNumber !== undefined),
  );
}
