/** A policy's directory on disk with one service, a release, and one case to vary. */
import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { localWorkshop } from "../../src/cli/runbook-tests/local-workshop.ts";
import { runSuite, type Suite } from "../../src/runbook-tests/run-suite.ts";
import { readTree } from "../../src/server/read-tree.ts";
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

/** What taking the release back changes. */
export const golden = `--- a/${overlay}
+++ b/${overlay}
@@ -5,6 +5,6 @@
   - ../../base
 images:
   - name: registry.example.com/checkout
-    newTag: v1.5.0
+    newTag: v1.4.2
 patches:
   - path: settings.yaml
`;

export function authorityWith(tier: string): string {
  return `apiVersion: remit.dev/v1alpha1
kind: Authority
metadata: {name: shop}
spec:
  version: 1
  grants:
    - {name: checkout, match: {services: [checkout], environments: [production], actions: [rollback]}, tier: ${tier}}
`;
}

/** Its tests/shop has a release before the case's moment and one after it. */
export function gitFixture(files: Record<string, string>): string {
  const directory = suiteDirectory(files);
  const shop = join(directory, "tests/shop");
  const git = (date: string, ...args: string[]) =>
    execFileSync("git", ["-c", "user.name=Alice", "-c", "user.email=alice@example.com", ...args], {
      cwd: shop,
      env: { ...process.env, GIT_AUTHOR_DATE: date, GIT_COMMITTER_DATE: date },
    });
  git("", "init", "--quiet", "--initial-branch=main");
  git("", "add", ".");
  git("2026-10-01T12:00:00Z", "commit", "--quiet", "--message=What stands");
  git("", "grep", "--quiet", "newTag: v1.4.2");
  execFileSync("sed", ["-i", "s/newTag: v1.4.2/newTag: v1.5.0/", overlay], { cwd: shop });
  git("2026-11-20T16:45:00Z", "commit", "--all", "--quiet", "--message=Release checkout v1.5.0");
  execFileSync("sed", ["-i", "s/newTag: v1.5.0/newTag: v1.6.0/", overlay], { cwd: shop });
  git("2026-11-21T09:00:00Z", "commit", "--all", "--quiet", "--message=Release checkout v1.6.0");
  return directory;
}
