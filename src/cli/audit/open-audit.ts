/** The clone, the ledger's branch and the base branch that the options of `remit audit` name. */
import type { Audit } from "../../audit/audit.ts";
import { readLedger } from "../../audit/read-ledger.ts";
import { systemClock } from "../../clock.ts";
import { RemitError } from "../../errors.ts";
import type { Mirror, Revision } from "../../gitops/mirror/mirror.ts";
import { openLocalMirror } from "../../gitops/mirror/open-local-mirror.ts";
import { type Miner, openMiner } from "../../gitops/mirror/open-miner.ts";
import { ledgerBranch } from "../../ledger/ledger-record.ts";
import { repositoryReader } from "../../remediation/repository-reader.ts";
import { version } from "../../server/version.ts";
import type { CommandContext } from "../command.ts";
import { isFullId } from "../commit-option.ts";
import { namedRevision } from "../named-revision.ts";
import { auditUsage } from "./audit-usage.ts";

export const auditOptions = {
  repo: { type: "string" },
  ref: { type: "string" },
  branch: { type: "string" },
  now: { type: "string" },
} as const;

export type OpenedAudit = Audit & { readonly miner: Miner };

/** The clone is closed when `use` ends. Throws RemitError usage, and git-failed where there is no ledger. */
export async function withAudit<T>(context: CommandContext, use: (audit: OpenedAudit) => Promise<T>): Promise<T> {
  const directory = context.text("repo") ?? ".";
  const mirror = await openLocalMirror(directory);
  try {
    const miner = await openMiner(directory);
    const ref = context.text("ref") ?? ledgerBranch;
    const tip = await namedRevision(mirror, ref);
    if (tip === undefined) throw noLedger(ref);
    return await use({
      ledger: await readLedger(mirror, miner, tip),
      notedTip: notedTip(context.text("since-tip")),
      base: await baseOf(mirror, context.text("branch")),
      reader: repositoryReader(mirror),
      history: miner,
      miner,
      software: version(),
      now: momentOf(context.text("now")),
    });
  } finally {
    await mirror.close();
  }
}

async function baseOf(mirror: Mirror, name: string | undefined): Promise<Revision | undefined> {
  if (name === undefined) return (await mirror.branchHead("HEAD")) ?? (await mirror.head().catch(() => undefined));
  const found = await namedRevision(mirror, name);
  if (found === undefined) throw auditUsage(`--branch: this repository has no branch ${JSON.stringify(name)}`);
  return found;
}

/** What was there once and isn't any more was written over: that is for the check to say. */
function notedTip(text: string | undefined): Revision | undefined {
  if (text !== undefined && !isFullId(text))
    throw auditUsage("--since-tip wants a full commit id, 40 or 64 hex digits");
  return text;
}

function momentOf(text: string | undefined): number {
  if (text === undefined) return systemClock.now();
  const moment = Date.parse(text);
  if (Number.isNaN(moment))
    throw auditUsage(`--now wants a date such as 2026-11-20T17:00:00Z, not ${JSON.stringify(text)}`);
  return moment;
}

function noLedger(ref: string): RemitError {
  const message = `audit: this repository has no ledger: neither a branch nor a commit ${JSON.stringify(ref)} is here. Fetch it (git fetch origin ${ledgerBranch}:${ledgerBranch}), or name it with --ref`;
  return new RemitError("git-failed", message, { audience: "user" });
}
