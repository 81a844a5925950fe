/** A2: whoever audits the repository that Remit left behind finds nothing that Remit did wrong. */
import type { AuditHistory } from "../../../src/audit/audit.ts";
import type { CheckName, Finding } from "../../../src/audit/check.ts";
import { readLedger } from "../../../src/audit/read-ledger.ts";
import { verifyLedger } from "../../../src/audit/verify-ledger.ts";
import type { MinedCommit, MinedFile } from "../../../src/gitops/mirror/mined-commit.ts";
import type { Commit } from "../../../src/gitops/mirror/mirror.ts";
import { ledgerBranch } from "../../../src/ledger/ledger-record.ts";
import { repositoryReader } from "../../../src/remediation/repository-reader.ts";
import { forgedCandidate } from "../forged-message.ts";
import { type FileCache, MemoryMirror } from "../git/memory-mirror.ts";
import type { MemoryRepository } from "../git/memory-repository.ts";
import { repository } from "../simulated-github.ts";
import type { Simulation } from "../simulation.ts";
import { lostItsStore } from "./announced-first.ts";
import type { Invariant } from "./invariant.ts";

const cache: FileCache = new Map();

export const audited: Invariant = (simulation) => {
  if (simulation.scenario.ledger !== true) return undefined;
  let clockWasWrong = false;
  const note = () => {
    clockWasWrong ||= simulation.skewMs !== 0;
  };
  simulation.watch.onAsked(note);
  simulation.onSaved(note);
  return async () => {
    // What waits for the ledger, or was lost with the store, nobody can find there.
    if (lostItsStore(simulation) || (await simulation.store.outbox.waiting(repository, 1)).length > 0) return;
    for (const { name, message } of await findings(simulation)) {
      // Rightly found, and not Remit's doing.
      if ((name === "completeness" && message.includes(forgedCandidate)) || (name === "times" && clockWasWrong))
        continue;
      simulation.fail("A2", `${name}: ${message}`);
    }
  };
};

async function findings({ github, time }: Simulation): Promise<readonly (Finding & { readonly name: CheckName })[]> {
  const mirror = new MemoryMirror(repository, github.git, cache);
  await mirror.fetch();
  const tip = await mirror.branchHead(ledgerBranch);
  if (tip === undefined) return [];
  const history = historyOf(mirror, github.git);
  const ledger = await readLedger(mirror, history, tip);
  const base = await mirror.head();
  const reader = repositoryReader(mirror);
  const shared = { ledger, reader, history, base, notedTip: undefined, software: "1.0.0" };
  const results = await verifyLedger({ ...shared, now: time.now() });
  return results.flatMap(({ name, findings }) => findings.map((finding) => ({ ...finding, name })));
}

function historyOf(mirror: MemoryMirror, git: MemoryRepository): AuditHistory {
  const mined = (commit: Commit): MinedCommit => {
    const after = git.objects.files(commit.id);
    const [parent] = commit.parents;
    const before = parent === undefined ? new Map<string, { readonly oid: string }>() : git.objects.files(parent);
    const files = commit.files.map(
      (file): MinedFile => ({
        ...file,
        objectBefore: before.get(file.path)?.oid ?? none,
        objectAfter: after.get(file.path)?.oid ?? none,
      }),
    );
    return { ...commit, files };
  };
  return {
    commits: async (revision, { since }) => (await mirror.log(revision, { since })).map(mined),
    each: async (ids) => (await Promise.all(ids.map((id) => mirror.log(id, { limit: 1 })))).flat().map(mined),
  };
}

const none = "0".repeat(40);
