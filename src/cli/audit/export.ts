/** `remit audit export`: the changes of a period, for auditors. The only verb that writes, and only into an empty directory. */
import { mkdir, readdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { exportChanges } from "../../audit/export/export-changes.ts";
import { patchFileOptions } from "../../gitops/mirror/open-miner.ts";
import type { CommandContext, ExitCode } from "../command.ts";
import { auditUsage } from "./audit-usage.ts";
import { withAudit } from "./open-audit.ts";

export const exportOptions = {
  from: { type: "string" },
  to: { type: "string" },
  out: { type: "string" },
  sample: { type: "string" },
  seed: { type: "string" },
} as const;

export async function exportVerb(context: CommandContext): Promise<ExitCode> {
  const [from, to] = [dateOf(context, "from"), dateOf(context, "to")];
  if (from >= to) throw auditUsage("--from must be before --to");
  const out = context.text("out");
  if (out === undefined) throw auditUsage("--out is missing: a directory that is empty, or isn't there yet");
  const sample = sampleOf(context);
  await assertEmpty(out);
  return withAudit(context, async (audit): Promise<ExitCode> => {
    const { miner } = audit;
    const patchFile = (before: string, after: string) => miner.patchFile(before, after);
    const made = await exportChanges({ ...audit, patchFile, patchOptions: patchFileOptions, from, to, sample });
    await write(out, made.files);
    const failed = made.results.filter(({ outcome }) => outcome === "failed").map(({ name }) => name);
    const { folders, rows } = made;
    if (context.json) context.printJson({ out, changes: rows.length, folders, files: made.files.size, failed });
    else {
      context.print(`${rows.length} changes, ${folders} of them with a folder, in ${out}.`);
      if (failed.length > 0) context.print(`Checks that found something: ${failed.join(", ")}. See README.md there.`);
    }
    return 0;
  });
}

function dateOf(context: CommandContext, option: "from" | "to"): number {
  const text = context.text(option) ?? "";
  const moment = /^\d{4}-\d{2}-\d{2}(?:T|$)/.test(text) ? Date.parse(text) : Number.NaN;
  if (!Number.isNaN(moment)) return moment;
  throw auditUsage(`--${option} wants a date such as 2026-11-01, not ${JSON.stringify(text)}`);
}

function sampleOf(context: CommandContext): { readonly size: number; readonly seed: string } | undefined {
  const [size, seed] = [context.text("sample"), context.text("seed")];
  if (size === undefined && seed === undefined) return undefined;
  if (size === undefined || !/^[1-9]\d{0,5}$/.test(size)) throw auditUsage("--sample wants a number such as 25");
  // Who draws says how: else nobody could draw the same again.
  if (seed === undefined || seed === "") throw auditUsage("--seed is missing: a word or a number that you choose");
  return { size: Number(size), seed };
}

async function assertEmpty(directory: string): Promise<void> {
  const entries = await readdir(directory).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return [];
    throw auditUsage(`--out: ${directory} can't be read as a directory`);
  });
  if (entries.length > 0) throw auditUsage(`--out: ${directory} isn't empty, and nothing in it is to be written over`);
}

async function write(directory: string, files: ReadonlyMap<string, string | Uint8Array>): Promise<void> {
  try {
    for (const [name, content] of files) {
      const path = join(directory, name);
      await mkdir(dirname(path), { recursive: true });
      await writeFile(path, content, { flag: "wx" });
    }
  } catch (error) {
    throw auditUsage(
      `--out: ${directory} can't be written into (${error instanceof Error ? error.message : "no reason"})`,
    );
  }
}
