/** Everything that an auditor of change management asks for, of one period: the population, and a folder for each change or for a sample. */
import type { Instant } from "../../clock.ts";
import type { Audit } from "../audit.ts";
import { auditedChanges } from "../changes.ts";
import type { CheckResult, Finding } from "../check.ts";
import { verifyLedger } from "../verify-ledger.ts";
import { changeFolder, type FolderSource } from "./change-folder.ts";
import { exportReadme } from "./export-readme.ts";
import { type PopulationRow, populationCsv, populationRow } from "./population.ts";
import { sampleChanges } from "./sample-changes.ts";

export interface ExportInput extends Audit, FolderSource {
  /** Merged at or after, and before. */
  readonly from: Instant;
  readonly to: Instant;
  readonly sample: { readonly size: number; readonly seed: string } | undefined;
}

export interface Export {
  readonly files: ReadonlyMap<string, string | Uint8Array>;
  readonly rows: readonly PopulationRow[];
  readonly folders: number;
  readonly results: readonly CheckResult[];
}

/** Findings that belong to no change are told in the README. */
export async function exportChanges(input: ExportInput): Promise<Export> {
  const { from, to, sample } = input;
  const results = await verifyLedger(input, { kept: Number.POSITIVE_INFINITY });
  const changes = (await auditedChanges(input)).filter(({ mergedAt }) => mergedAt >= from && mergedAt < to);
  const rows = new Map(changes.map((change) => [change, populationRow(change, results)]));
  const chosen = sample === undefined ? changes : sampleChanges(changes, sample.size, sample.seed);
  const files = new Map<string, string | Uint8Array>();
  const all = [...rows.values()];
  for (const change of chosen) {
    const row = rows.get(change);
    if (row === undefined) continue;
    for (const [name, content] of await changeFolder(input, change, row))
      files.set(`changes/${change.id}/${name}`, content);
  }
  files.set("population.csv", populationCsv(all));
  files.set("population.json", `${JSON.stringify(all, undefined, 1)}\n`);
  const known = new Set(changes.flatMap(({ own }) => own.map(({ sequence }) => sequence)));
  const others = results.flatMap(({ name, findings }) =>
    findings.filter(isOther(known)).map((each) => ({ ...each, name })),
  );
  files.set("README.md", exportReadme({ input, rows: all, folders: chosen.length, results, others }));
  return { files, rows: all, folders: chosen.length, results };
}

function isOther(known: ReadonlySet<number>) {
  return ({ sequence }: Finding) => sequence === undefined || !known.has(sequence);
}
