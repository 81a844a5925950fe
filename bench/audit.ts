/**
 * How long a stranger waits for the structure of a ledger of 10,000 records to be verified, and the server for a month's review, as
 * ratios to git's own log of the same branch in the same run. `node bench/audit.ts [--json] [--records N]`
 */
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import { parseArgs } from "node:util";
import { structuralChecks } from "../src/audit/checks.ts";
import { readLedger } from "../src/audit/read-ledger.ts";
import { monthBefore, readSince } from "../src/audit/review/month.ts";
import { reviewMonth } from "../src/audit/review/review-month.ts";
import { verifyLedger } from "../src/audit/verify-ledger.ts";
import { openLocalMirror } from "../src/gitops/mirror/open-local-mirror.ts";
import { openMiner } from "../src/gitops/mirror/open-miner.ts";
import { canonicalDigest } from "../src/ledger/canonical-json.ts";
import { chain, emptyTip, entryOf } from "../src/ledger/chain.ts";
import { type LedgerEntry, ledgerBranch } from "../src/ledger/ledger-record.ts";
import { repositoryReader } from "../src/remediation/repository-reader.ts";
import { median } from "./median.ts";

const { values } = parseArgs({ options: { json: { type: "boolean" }, records: { type: "string", default: "10000" } } });
const records = Number(values.records);
/** What one remediation writes at once, about. */
const perCommit = 4;
const rounds = 5;
const start = Date.UTC(2026, 0, 1);
/** Over two years: the branch has a directory for each month. */
const stepMs = (2 * 365 * 24 * 60 * 60_000) / records;

const directory = mkdtempSync(join(tmpdir(), "remit-bench-audit-"));
try {
  const bytes = generate();
  const git = (args: readonly string[]) =>
    execFileSync("git", args, { cwd: directory, maxBuffer: 1 << 30, stdio: ["ignore", "pipe", "ignore"] });
  git(["gc", "--quiet"]);
  const log: number[] = [];
  const patches: number[] = [];
  const verify: number[] = [];
  const review: number[] = [];
  // In turns, so that whatever else the machine does meets all of them.
  for (let round = 0; round < rounds; round += 1) {
    log.push(await timed(async () => void git(["log", "--raw", "--no-abbrev", ledgerBranch])));
    patches.push(await timed(async () => void git(["log", "--patch", ledgerBranch])));
    verify.push(await timed(verified));
    review.push(await timed(reviewed));
  }
  report({
    records,
    bytes,
    log: median(log),
    patches: median(patches),
    verify: median(verify),
    review: median(review),
  });
} finally {
  rmSync(directory, { recursive: true, force: true });
}

/** From nothing, as the command does it: clone opened, branch read, each check of the branch itself. */
async function verified(): Promise<void> {
  const mirror = await openLocalMirror(directory);
  const history = await openMiner(directory);
  const tip = await mirror.branchHead(ledgerBranch);
  if (tip === undefined) throw new Error("there is no ledger");
  const ledger = await readLedger(mirror, history, tip);
  const reader = repositoryReader(mirror);
  const audit = {
    ledger,
    reader,
    history,
    base: undefined,
    notedTip: undefined,
    software: "0",
    now: Date.UTC(2030, 0),
  };
  const results = await verifyLedger(audit, { checks: structuralChecks });
  await mirror.close();
  const bad = results.filter(({ outcome, checked }) => outcome !== "ok" || checked === 0);
  if (bad.length > 0) throw new Error(`not an honest ledger: ${JSON.stringify(bad)}`);
}

/** The last month, as the server reads it for its issue. */
async function reviewed(): Promise<void> {
  const month = monthBefore(start + records * stepMs);
  const mirror = await openLocalMirror(directory);
  const history = await openMiner(directory);
  const tip = await mirror.branchHead(ledgerBranch);
  if (tip === undefined) throw new Error("there is no ledger");
  const ledger = await readLedger(mirror, history, tip, readSince(month));
  const { incidents } = await reviewMonth({ ledger, reader: repositoryReader(mirror), history }, month, undefined);
  await mirror.close();
  if (incidents === 0) throw new Error("nothing to review");
}

async function timed(work: () => Promise<void>): Promise<number> {
  const begun = performance.now();
  await work();
  return performance.now() - begun;
}

/** Returns the bytes of all records. */
function generate(): number {
  const parts: string[] = [];
  let tip = emptyTip;
  let bytes = 0;
  for (let from = 0; from < records; from += perCommit) {
    const entries = Array.from({ length: Math.min(perCommit, records - from) }, (_, index) => entry(from + index));
    const chained = chain(entries, tip);
    tip = chained.tip;
    const seconds = Math.floor((start + (from + perCommit) * stepMs) / 1000);
    parts.push(
      `commit refs/heads/${ledgerBranch}\ncommitter Remit <remit@example.com> ${seconds} +0000\ndata 6\nRecord`,
    );
    for (const { path, text } of chained.files) {
      const size = Buffer.byteLength(text);
      bytes += size;
      parts.push(`M 100644 inline ${path}\ndata ${size}\n${text}`);
    }
  }
  execFileSync("git", ["init", "--quiet", "--bare", directory]);
  execFileSync("git", ["fast-import", "--quiet"], { cwd: directory, input: `${parts.join("\n")}\ndone\n` });
  return bytes;
}

/** Half of them decisions, which are the long ones. */
function entry(index: number): LedgerEntry {
  const time = new Date(Math.floor(start + index * stepMs)).toISOString();
  const commit = canonicalDigest(index).slice(0, 40);
  const files = [
    { path: `apps/s${index % 200}/values.yaml`, before: canonicalDigest([index]), after: canonicalDigest({}) },
  ];
  const shared = { software: "1.0.0", actor: { kind: "remit" }, time } as const;
  const incident = {
    id: `s${index % 200}-${index >> 3}`,
    service: `s${index % 200}`,
    environment: "production",
    openedAt: time,
  };
  const change = {
    kind: "fix",
    action: "rollback",
    title: `roll back s${index % 200} in production to v${index}`,
    candidate: commit.slice(0, 12),
    suspect: commit,
    confidence: 0.98,
    risks: [],
    branch: `remit/rollback/s${index % 200}-production/${commit.slice(0, 12)}`,
    base: commit,
    files,
    diff: canonicalDigest(files),
  } as const;
  if (index % 2 === 1)
    return entryOf({ ...shared, kind: "merged", phase: "result", incident, change, result: { pull: index, commit } });
  const labels = {
    alertname: "HighErrorRate",
    service: `s${index % 200}`,
    environment: "production",
    severity: "critical",
  };
  const inputs = {
    now: index,
    incident: { id: incident.id, repository: "acme/shop", openedAt: index, alerts: [{ labels }, { labels }] },
    attempts: 0,
    kind: "fix",
    storm: { sickServices: 0, changesUnderWay: 0 },
    health: [{ revision: commit, at: index, health: "healthy" }],
    settings: { stoodMs: 1, suspectWindowMs: 1 },
    outside: [],
  } as const;
  const operand = {
    name: "rate",
    tier: "merge",
    code: "within-limits",
    message: "0 of 2 changes of this service in 24 hours",
  } as const;
  const decision = {
    by: "merge",
    base: commit,
    policy: { digest: commit.slice(0, 12), revision: commit, version: 3 },
    tier: "merge",
    operands: Array.from({ length: 22 }, () => operand),
    reasons: [],
    runbook: "built-in",
    approvals: { count: 1, permission: "write", maxAgeMs: 1 },
    vetoWindowMs: 0,
    inputs,
    inputsDigest: canonicalDigest(inputs),
  } as const;
  return entryOf({ ...shared, kind: "merged", phase: "intent", incident, decision, change });
}

function report(found: Readonly<Record<"records" | "bytes" | "log" | "patches" | "verify" | "review", number>>): void {
  const toLog = found.verify / found.log;
  const toReview = found.review / found.log;
  const toPatches = found.verify / found.patches;
  if (values.json) {
    console.log(JSON.stringify({ ...found, toLog, toPatches, toReview }));
    return;
  }
  const ms = (value: number) => `${Math.round(value)} ms`;
  console.log(`${found.records} records, ${(found.bytes / 1e6).toFixed(1)} MB`);
  console.log(`structure verified in ${ms(found.verify)}`);
  console.log(`  ${toLog.toFixed(1)} times git log --raw (${ms(found.log)})`);
  console.log(`  ${toPatches.toFixed(1)} times git log --patch (${ms(found.patches)})`);
  console.log(`a month reviewed for its issue in ${ms(found.review)}, ${toReview.toFixed(1)} times git log --raw`);
}
