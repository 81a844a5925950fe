/** What an auditor gets to see of one change: its records, the difference, the policy, and how to get each of them out of git. */

import { authorityPath } from "../../remediation/policy-paths.ts";
import { formatTime } from "../../remediation/prose/format-time.ts";
import { inlineCode } from "../../remediation/prose/untrusted.ts";
import type { Audit } from "../audit.ts";
import type { AuditedChange } from "../changes.ts";
import type { PopulationRow } from "./population.ts";

export interface FolderSource extends Pick<Audit, "ledger" | "reader"> {
  patchFile(before: string, after: string): Promise<Uint8Array>;
  /** That give the patch's bytes. */
  readonly patchOptions: readonly string[];
}

export type Folder = ReadonlyMap<string, string | Uint8Array>;

interface Proof {
  readonly file: string;
  readonly bytes: Uint8Array;
  /** Prints these bytes, run in the repository. */
  readonly command: string;
}

export async function changeFolder(source: FolderSource, change: AuditedChange, row: PopulationRow): Promise<Folder> {
  const proofs = [
    ...(await recordProofs(source, change)),
    ...(await patchProof(source, change)),
    ...(await policyProof(source, change)),
  ];
  const files = proofs.map(({ file, bytes }) => [file, bytes] as const);
  return new Map<string, string | Uint8Array>([...files, ["README.md", readme(change, row, proofs)]]);
}

async function recordProofs({ ledger, reader }: FolderSource, { records }: AuditedChange): Promise<Proof[]> {
  const paths = records.map(({ path }) => path);
  const found = await reader.mirror.read(ledger.tip, paths);
  return paths.flatMap((path) => {
    const bytes = found.get(path);
    const file = `records/${path.slice(path.lastIndexOf("/") + 1)}`;
    return bytes === undefined ? [] : [{ file, bytes, command: `git show ${ledger.tip}:${path}` }];
  });
}

async function patchProof(source: FolderSource, { merge, parent }: AuditedChange): Promise<Proof[]> {
  if (parent === undefined) return [];
  const bytes = await source.patchFile(parent, merge.commit);
  const command = `git diff ${source.patchOptions.join(" ")} ${parent} ${merge.commit}`;
  return [{ file: "change.patch", bytes, command }];
}

async function policyProof({ reader: { mirror } }: FolderSource, { merge }: AuditedChange): Promise<Proof[]> {
  const base = merge.decision?.base;
  if (base === undefined || !(await mirror.has(base))) return [];
  const bytes = (await mirror.read(base, [authorityPath])).get(authorityPath);
  return bytes === undefined ? [] : [{ file: "policy.yaml", bytes, command: `git show ${base}:${authorityPath}` }];
}

function readme(change: AuditedChange, row: PopulationRow, proofs: readonly Proof[]): string {
  const { merge, approvals, parent } = change;
  const missing = [
    ...(parent === undefined ? ["- no `change.patch`: the clone doesn't have the merge commit"] : []),
    ...(proofs.some(({ file }) => file === "policy.yaml") ? [] : ["- no `policy.yaml`: none stood at the base"]),
  ];
  return [
    `# Change ${change.id}`,
    "",
    inlineCode(row.title ?? "(without a title)"),
    "",
    "| | |",
    "|---|---|",
    ...facts(row).map(([name, value]) => `| ${name} | ${value} |`),
    "",
    ...(approvals.length === 0 ? [] : ["## Approvals", "", ...approvals.map(approvalLine), ""]),
    "## Where each file comes from",
    "",
    "Run in the repository, each command prints the file's bytes.",
    "",
    ...proofs.map(({ file, command }) => `- \`${file}\`: \`${command}\``),
    ...missing,
    "",
    `\`git show ${merge.commit}\` shows the commit itself, with its message and dates.`,
    "",
  ].join("\n");
}

function facts(row: PopulationRow): readonly (readonly [string, string])[] {
  const cell = (value: string | number | undefined) =>
    value === undefined ? "-" : inlineCode(String(value).replaceAll("|", "¦"));
  return [
    ["incident", cell(row.incident)],
    ["target", cell(row.target)],
    ["action", cell(row.action)],
    ["tier", cell(row.tier)],
    ["merged by", cell(row.mergedBy)],
    ["pull request", cell(row.pull)],
    ["merge commit", cell(row.commit)],
    ["announced", cell(row.announcedAt)],
    ["merged", cell(row.mergedAt)],
    ["delivered", cell(row.deliveredAt)],
    ["verified", cell(row.verifiedAt)],
    ["outcome", cell(row.outcome)],
    ["policy", cell(row.policyDigest)],
    ["policy version", cell(row.policyVersion)],
    ["checks that found something", cell(row.failedChecks.length === 0 ? "none" : row.failedChecks.join(", "))],
  ];
}

function approvalLine({ login, permission, commit, at }: AuditedChange["approvals"][number]): string {
  return `- ${inlineCode(login)} (${inlineCode(permission)}) of ${commit.slice(0, 12)}, ${formatTime(Date.parse(at))}`;
}
