/** Brings waiting records to the ledger's branch: in their order, each once, however often it is tried and whoever else writes. */

import type { Clock } from "../../clock.ts";
import { type ErrorCode, RemitError } from "../../errors.ts";
import { chain, emptyTip, type LedgerTip } from "../../ledger/chain.ts";
import type { LedgerEntry } from "../../ledger/ledger-record.ts";
import type { Store } from "../../store/store.ts";
import type { RepositoryReader } from "../repository-reader.ts";
import type { Log } from "../session.ts";
import type { Carried, Flushed, Ledger, LedgerAppend, LedgerBranch } from "./ledger.ts";
import { type LedgerEnd, readEnd, rememberEnd, rememberedEnd, rememberMoved } from "./ledger-memory.ts";
import { type LedgerState, toldFirst } from "./told-first.ts";

export interface LedgerWriterParts {
  readonly store: Pick<Store, "outbox" | "settings">;
  readonly branch: (repository: string) => LedgerBranch;
  readonly reader: (repository: string) => Promise<RepositoryReader>;
  readonly clock: Clock;
  readonly software: string;
  readonly log: Pick<Log, "error">;
}

/** In one commit. */
const mostRecords = 100;
/** Each one that writes beside this one can make it try once more. */
const attempts = 12;

/** Nobody waits for anybody else: of two that write at once, in one process or in two, the branch takes one, and the other tries again. */
export function ledgerWriter(parts: LedgerWriterParts): Ledger {
  return {
    software: parts.software,
    flush: (repository) => unlessRefused(parts, repository, "refused", () => flush(parts, repository)),
    carry: (repository, send) => carry(parts, repository, send),
  };
}

/** To try again at once would change nothing: people have to allow it. */
async function unlessRefused<T>(
  { log }: LedgerWriterParts,
  repository: string,
  refused: T,
  task: () => Promise<T>,
): Promise<T> {
  try {
    return await task();
  } catch (error) {
    if (!(error instanceof RemitError) || !refusals.has(error.code)) throw error;
    log.error({ repository, error }, "the ledger can't be written, so nothing is merged by Remit there");
    return refused;
  }
}

const refusals: ReadonlySet<ErrorCode> = new Set(["github-forbidden", "github-rejected"]);

async function flush(parts: LedgerWriterParts, repository: string): Promise<Flushed> {
  const isWaiting = (await parts.store.outbox.waiting(repository, 1)).length > 0;
  for (let attempt = 0; attempt < attempts; attempt++) {
    const prepared = await prepare(parts, repository);
    if (prepared === undefined) return isWaiting ? "written" : "nothing";
    const { append } = prepared;
    const appended = await parts.branch(repository).append(append);
    await settle(parts, repository, prepared, appended);
  }
  throw elsewhere(repository);
}

async function carry<T>(
  parts: LedgerWriterParts,
  repository: string,
  send: (append: LedgerAppend | undefined) => Promise<Carried<T>>,
): Promise<T> {
  const prepared = await unlessRefused(parts, repository, undefined, () => prepare(parts, repository));
  const { value, appended } = await send(prepared?.append);
  if (prepared === undefined) return value;
  await settle(parts, repository, prepared, appended);
  if (appended === undefined) await unlessRefused(parts, repository, "refused", () => flush(parts, repository));
  return value;
}

interface Prepared {
  readonly append: LedgerAppend;
  readonly ids: readonly string[];
  readonly tip: LedgerTip;
  readonly state: LedgerState;
}

/** What waits, as one commit. undefined: nothing does. Whatever is there already is taken out of the outbox. */
async function prepare(parts: LedgerWriterParts, repository: string): Promise<Prepared | undefined> {
  const { store } = parts;
  for (let attempt = 0; attempt < attempts; attempt++) {
    // In this order: whoever remembers an end has taken out before what is behind it.
    const known = await rememberedEnd(store, repository);
    const waiting = await store.outbox.waiting(repository, mostRecords);
    if (waiting.length === 0) return undefined;
    if (known?.moved !== false && !(await findEnd(parts, repository, known?.head))) continue;
    const end = known?.moved === false ? known : noEnd;
    const told = toldFirst(waiting, end);
    const made = chain(told.entries, end.tip);
    const append = { headline: headlineOf(waiting), files: made.files };
    const prepared = { ids: waiting.map(({ id }) => id), tip: made.tip, state: told.state };
    if (end.head !== undefined) return { ...prepared, append: { ...append, parent: end.head } };
    await settle(parts, repository, prepared, await parts.branch(repository).begin(append));
  }
  throw elsewhere(repository);
}

/** No branch, no record. */
const noEnd: LedgerEnd = { head: undefined, tip: emptyTip, policy: undefined, stopped: false };

/** Looks for the end by the branch itself, and takes out whatever is there already. True: there is no branch. */
async function findEnd(
  { store, reader, branch }: LedgerWriterParts,
  repository: string,
  known: string | undefined,
): Promise<boolean> {
  const { mirror } = await reader(repository);
  const { ids, ...found } = await readEnd(mirror);
  if (found.head === undefined) return known === undefined || !(await branch(repository).restore(known));
  await store.outbox.remove(repository, [...ids]);
  await rememberEnd(store, repository, found);
  return false;
}

async function settle(
  { store }: LedgerWriterParts,
  repository: string,
  { ids, tip, state }: Pick<Prepared, "ids" | "tip" | "state">,
  appended: string | undefined,
): Promise<void> {
  if (appended === undefined) return rememberMoved(store, repository);
  // In this order: a crash in between makes the branch be looked at, and not a record be written twice.
  await store.outbox.remove(repository, ids);
  await rememberEnd(store, repository, { head: appended, tip, ...state });
}

function elsewhere(repository: string): RemitError {
  return new RemitError("github-conflict", `${repository}: the ledger's branch is never where it was a moment ago`);
}

function headlineOf(entries: readonly LedgerEntry[]): string {
  const kinds = [...new Set(entries.map(({ kind, phase }) => (phase === "intent" ? `${kind} (intent)` : kind)))];
  return `Record ${kinds.join(", ")}`;
}
