/** The records on a repository's ledger branch, in their order, as git has them. */
import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { expect } from "vitest";
import { textDigest } from "../../src/ledger/canonical-json.ts";
import { emptyTip } from "../../src/ledger/chain.ts";
import type { LedgerRecord } from "../../src/ledger/ledger-record.ts";
import { parseRecord } from "../../src/ledger/parse-record.ts";
import { type IncidentWorld, minute } from "./incident-world.ts";

const run = promisify(execFile);

export interface ReadRecord {
  readonly path: string;
  readonly text: string;
  readonly record: LedgerRecord;
}

/** Throws where a file isn't a record. Empty where there is no branch. */
export async function readLedger(gitDirectory: string): Promise<readonly ReadRecord[]> {
  const git = async (...args: string[]) =>
    (await run("git", ["--git-dir", gitDirectory, ...args], { maxBuffer: 2 ** 26 })).stdout;
  const branch = "refs/heads/remit/ledger";
  if ((await git("for-each-ref", branch)) === "") return [];
  const paths = (await git("ls-tree", "-r", "--name-only", branch)).trim().split("\n");
  const files = await Promise.all(paths.map(async (path) => ({ path, text: await git("show", `${branch}:${path}`) })));
  const records = files.map(({ path, text }) => {
    const parsed = parseRecord(text);
    if (parsed.kind !== "record") throw new Error(`${path}: ${parsed.why}`);
    return { path, text, record: parsed.record };
  });
  return records.sort((a, b) => a.record.sequence - b.record.sequence);
}

/** Once everything that waits is written: what the ledger tells, in its order, such as `merged intent`. The chain has to hold. */
export async function recordedKinds(made: IncidentWorld): Promise<readonly string[]> {
  return (await recorded(made)).map(({ kind, phase }) => `${kind} ${phase}`);
}

export async function recorded(made: IncidentWorld): Promise<readonly LedgerRecord[]> {
  made.clock.advance(6 * minute);
  await made.keepLedger();
  expect(await made.store.outbox.repositories()).toEqual([]);
  let tip = emptyTip;
  const records = await readLedger(made.github.gitDirectory);
  for (const { text, record } of records) {
    expect(record).toMatchObject({ sequence: tip.sequence + 1, previous: tip.hash });
    tip = { sequence: record.sequence, hash: textDigest(text) };
  }
  return records.map(({ record }) => record);
}
