/** Runs `remit audit verify` and reads what it says. */
import { expect } from "vitest";
import { run } from "../cli/run.ts";

export interface Report {
  readonly outcome: string;
  readonly first?: { readonly name: string; readonly sequence?: number; readonly message: string };
  readonly checks: readonly {
    readonly name: string;
    readonly outcome: string;
    readonly checked: number;
    readonly findings: readonly { readonly message: string; readonly sequence?: number; readonly commit?: string }[];
    readonly skipped: readonly { readonly why: string; readonly count: number }[];
    readonly notes: readonly string[];
  }[];
}

export async function verified(directory: string, now: string, ...more: readonly string[]) {
  const { code, out, err } = await run(["audit", "verify", "--repo", directory, "--json", "--now", now, ...more]);
  expect(err).toBe("");
  const report: Report = JSON.parse(out);
  const failed = report.checks.filter(({ outcome }) => outcome === "failed");
  const messages = failed.flatMap(({ findings }) => findings.map(({ message }) => message));
  return { code, report, failed: failed.map(({ name }) => name), messages };
}
