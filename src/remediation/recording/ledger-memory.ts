/** What is known of a ledger's end: remembered in the store, and read from its branch where that was lost, or isn't true any more. */
import { z } from "zod";
import type { Mirror } from "../../gitops/mirror/mirror.ts";
import { textDigest } from "../../ledger/canonical-json.ts";
import { emptyTip, type LedgerTip } from "../../ledger/chain.ts";
import { ledgerBranch } from "../../ledger/ledger-record.ts";
import { readFiles, sequenceOf } from "../../ledger/read-record-files.ts";
import type { Store } from "../../store/store.ts";
import { type LedgerState, stoppedAfter } from "./told-first.ts";

export interface LedgerEnd extends LedgerState {
  /** undefined: there is no branch yet. */
  readonly head: string | undefined;
  readonly tip: LedgerTip;
}

/** `ids`: of the last records that are there already. */
export interface ReadEnd extends LedgerEnd {
  readonly ids: ReadonlySet<string>;
}

const schema = z.object({
  head: z.string(),
  sequence: z.number(),
  hash: z.string(),
  policy: z.string().optional(),
  stopped: z.literal(true).optional(),
  moved: z.literal(true).optional(),
});

const key = (repository: string) => `ledger:${repository}`;

type Settings = Pick<Store, "settings">;

/** `moved`: the branch isn't there any more, and has to be read. undefined: nothing is remembered, or nothing that can be read. */
export async function rememberedEnd(
  { settings }: Settings,
  repository: string,
): Promise<(LedgerEnd & { readonly head: string; readonly moved: boolean }) | undefined> {
  const { success, data } = schema.safeParse(parseJson((await settings.get(key(repository))) ?? ""));
  if (!success) return undefined;
  const { head, sequence, hash, policy, stopped, moved } = data;
  return { head, tip: { sequence, hash }, policy, stopped: stopped === true, moved: moved === true };
}

export function rememberEnd({ settings }: Settings, repository: string, end: LedgerEnd): Promise<void> {
  return settings.set(key(repository), textOf(end));
}

/** Where it was is kept, for the case that somebody deleted it. */
export async function rememberMoved(store: Settings, repository: string): Promise<void> {
  const end = await rememberedEnd(store, repository);
  if (end === undefined || end.moved) return;
  await store.settings.set(key(repository), textOf(end, { moved: true }));
}

function textOf({ head, tip, policy, stopped }: LedgerEnd, more: { readonly moved?: true } = {}): string {
  return JSON.stringify({ head, ...tip, policy, ...(stopped ? { stopped } : {}), ...more });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** More than any process writes between two times that it remembers. */
const lookBack = 300;

/** Fetches, and reads the last records. */
export async function readEnd(mirror: Mirror): Promise<ReadEnd> {
  await mirror.fetch();
  const head = await mirror.branchHead(ledgerBranch);
  if (head === undefined) return { head, tip: emptyTip, policy: undefined, stopped: false, ids: new Set() };
  const paths = (await mirror.entries(head)).map(({ path }) => path).filter((path) => sequenceOf(path) !== undefined);
  paths.sort((a, b) => (sequenceOf(b) ?? 0) - (sequenceOf(a) ?? 0));
  const ids = new Set<string>();
  let tip: LedgerTip = emptyTip;
  let policy: string | undefined;
  let stopped: boolean | undefined;
  for (const { sequence, bytes, parsed } of await readFiles(mirror, head, paths.slice(0, lookBack))) {
    // A record that somebody spoiled still has its place: whoever verifies the ledger is told of it.
    if (tip === emptyTip) tip = { sequence, hash: textDigest(bytes) };
    if (parsed.kind !== "record") continue;
    ids.add(parsed.record.id);
    policy ??= parsed.record.decision?.policy.digest;
    stopped ??= stoppedAfter(parsed.record);
  }
  return { head, tip, policy, stopped: stopped === true, ids };
}
