/** A1: the ledger is one chain that only grows, and whatever Remit merges was announced there before, as what it is. */
import { createHash } from "node:crypto";
import { repository } from "../simulated-github.ts";
import type { Simulation } from "../simulation.ts";
import type { Invariant } from "./invariant.ts";

/** For company, and for the keeper to come by. */
const waitMs = 15 * 60_000;

export const ledgerRef = "refs/heads/remit/ledger";

interface Told {
  readonly sequence: number;
  readonly previous: string;
  readonly id: string;
  readonly kind: string;
  readonly phase: string;
  readonly result?: { readonly head?: string; readonly commit?: string };
}

export const announcedFirst: Invariant = (simulation) => {
  if (simulation.scenario.ledger !== true) return undefined;
  const { watch, github } = simulation;
  const fail = (what: string) => simulation.fail("A1", what);
  const told: Told[] = [];
  let last = "0".repeat(64);
  const learn = (from: string | undefined, to: string) => {
    const before = from === undefined ? new Map() : github.git.objects.files(from);
    const after = github.git.objects.files(to);
    for (const [path, { oid }] of before) if (after.get(path)?.oid !== oid) fail(`the ledger's ${path} has changed`);
    const added = [...after.keys()].filter((path) => !before.has(path)).sort();
    for (const path of added) {
      const body = github.git.objects.read(after.get(path)?.oid ?? "")?.body ?? Buffer.from("");
      const record: Told = JSON.parse(body.toString());
      if (record.previous !== last || record.sequence !== told.length + 1)
        fail(`${path} doesn't follow the one before`);
      if (told.some(({ id }) => id === record.id)) fail(`${path} tells what was told before`);
      last = createHash("sha256").update(body).digest("hex");
      told.push(record);
    }
  };
  watch.onAsked(({ moves, merged }) => {
    for (const { ref, from, to } of moves) if (ref === ledgerRef && to !== undefined) learn(from, to);
    if (merged === undefined) return;
    const isAnnounced = told.some(
      ({ kind, phase, result }) => kind === "merged" && phase === "intent" && result?.head === merged.head,
    );
    if (!isAnnounced) fail(`#${merged.pull.number} is merged, and the ledger didn't announce it`);
  });
  return async () => {
    const merges = told.filter(({ kind, phase }) => kind === "merged" && phase === "result");
    const commits = merges.map(({ result }) => result?.commit);
    if (new Set(commits).size < commits.length) fail("one merge is told twice");
    // Who has just started hasn't had the time.
    const hasHadTime = simulation.time.now() - simulation.machines.bootedAt > waitMs;
    if (hasHadTime && !lostItsStore(simulation)) {
      const [oldest] = await simulation.store.outbox.waiting(repository, 1);
      if (oldest !== undefined && simulation.time.now() - Date.parse(oldest.time) > waitMs)
        fail("something waits for the ledger at the end");
    }
  };
};

/** What was decided and not written yet went with it. */
export function lostItsStore({ faults }: Simulation): boolean {
  return faults.struck.some(({ point }) => point === "crash: store is empty afterwards");
}
