/** A policy's directory on disk with one service, a release, and one case to vary. */
import { cpSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { localWorkshop, readTree } from "../../src/cli/runbook-tests/local-workshop.ts";
import { runSuite, type Suite } from "../../src/runbook-tests/run-suite.ts";
import { temporaryDirectory } from "../store/temporary-directory.ts";

export const overlay = "apps/checkout/overlays/production/kustomization.yaml";

export const release = `- at: "2026-11-20T16:45:00Z"
  author: Alice <alice@example.com>
  message: Release checkout v1.5.0
  replace:
    - {file: ${overlay}, from: "newTag: v1.4.2", to: "newTag: v1.5.0"}
`;

export const authority = `apiVersion: remit.dev/v1alpha1
kind: Authority
metadata: {name: shop}
spec:
  version: 1
  grants:
    - {name: everything, match: {actions: ["*"]}, tier: suggest}
    - {name: checkout, match: {services: [checkout], environments: [production], actions: [rollback]}, tier: propose}
`;

export interface CaseText {
  readonly given?: string;
  readonly expect?: string;
}

/** The lines of one case, below `given` and `expect`. */
export function caseFile({
  given = "history: fixtures/history.yaml",
  expect = "outcome: change",
}: CaseText = {}): string {
  const indented = (text: string) => text.split("\n").map((line) => `        ${line}`);
  return [
    "apiVersion: remit.dev/v1alpha1",
    "kind: RunbookTest",
    "spec:",
    "  cases:",
    "    - name: a release is taken back",
    "      given:",
    "        alert: alert.json",
    "        repository: shop",
    '        at: "2026-11-20T17:00:00Z"',
    ...indented(given),
    "      expect:",
    ...indented(expect),
    "",
  ].join("\n");
}

/** `files`: by their path in the policy's directory; they win over the usual ones. */
export function suiteDirectory(files: Readonly<Record<string, string>> = {}): string {
  const directory = temporaryDirectory();
  cpSync("policies/tests/fixtures/shop", join(directory, "tests/shop"), { recursive: true });
  cpSync("policies/tests/fixtures/alerts/bad-deploy.json", join(directory, "tests/alert.json"));
  const usual = { "authority.yaml": authority, "tests/fixtures/history.yaml": release, "tests/case.yaml": caseFile() };
  for (const [path, text] of Object.entries({ ...usual, ...files })) {
    mkdirSync(dirname(join(directory, path)), { recursive: true });
    writeFileSync(join(directory, path), text);
  }
  return directory;
}

export async function run(directory: string): Promise<Suite> {
  return runSuite({ workshop: localWorkshop(directory), files: (await readTree(directory)) ?? new Map() });
}
