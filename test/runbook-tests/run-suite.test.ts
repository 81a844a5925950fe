import { execFileSync } from "node:child_process";
import { cpSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { type CaseText, caseFile, overlay, release, run, suiteDirectory } from "./suite-world.ts";

const golden = `--- a/${overlay}
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

async function differencesOf(text: CaseText, files: Record<string, string> = {}) {
  const { mistakes, cases } = await run(suiteDirectory({ "tests/case.yaml": caseFile(text), ...files }));
  expect(mistakes).toEqual([]);
  return cases.flatMap(({ differences }) => differences);
}

describe("a case", () => {
  test("passes when outcome, tier, reasons and diff are as expected", async () => {
    const expected = "outcome: change\ntier: propose\nreasons: [suspect-found, grant]\ndiff: golden.diff";
    expect(await differencesOf({ expect: expected }, { "tests/golden.diff": golden })).toEqual([]);
  });

  test.each([
    ["outcome: abstain", "outcome", /^change/],
    ["outcome: change\ntier: merge", "tier", /^propose$/],
    ["outcome: change\nreasons: [freeze]", "reasons", /suspect-found/],
    ["outcome: change\ndiff: golden.diff", "diff", /newTag: v1\.4\.2/],
  ])("that expects %j fails and says what is so instead", async (expected, what, actual) => {
    const found = await differencesOf({ expect: expected });
    expect(found).toMatchObject([{ what, actual: expect.stringMatching(actual) }]);
  });

  test("one byte more in the golden diff fails it", async () => {
    const found = await differencesOf(
      { expect: "outcome: change\ndiff: golden.diff" },
      { "tests/golden.diff": `${golden} ` },
    );
    expect(found).toMatchObject([{ what: "diff" }]);
  });

  test("is decided at its own moment: two weeks later nobody suspects the release", async () => {
    const given = "history: fixtures/history.yaml";
    const text = caseFile({ given, expect: "outcome: abstain\nreasons: [no-recent-change]" });
    const later = text.replace("2026-11-20T17:00:00Z", "2026-12-08T17:00:00Z");
    const alert = JSON.stringify({
      version: "4",
      status: "firing",
      alerts: [
        {
          status: "firing",
          labels: { alertname: "HighErrorRate", service: "checkout", environment: "production" },
          annotations: {},
          startsAt: "2026-12-08T16:55:00Z",
          endsAt: "0001-01-01T00:00:00Z",
          fingerprint: "1a30ba71cca2921f",
        },
      ],
    });
    const { cases } = await run(suiteDirectory({ "tests/case.yaml": later, "tests/alert.json": alert }));
    expect(cases.flatMap(({ differences }) => differences)).toEqual([]);
  });

  test("counts what its ledger tells: within the cooldown a person decides", async () => {
    const ledger = '- {at: "2026-11-20T16:50:00Z", action: rollback, target: checkout/production}\n';
    const merge = { "authority.yaml": authorityWith("merge"), "tests/fixtures/ledger.yaml": ledger };
    const given = "history: fixtures/history.yaml\nledger: fixtures/ledger.yaml";
    const expected = "outcome: change\ntier: propose\nreasons: [cooldown]";
    expect(await differencesOf({ given, expect: expected }, merge)).toEqual([]);
    expect(await differencesOf({ expect: "outcome: change\ntier: merge" }, merge)).toEqual([]);
  });

  test("is judged by the directory's policy, whatever the fixture holds", async () => {
    const own = { "tests/shop/.github/remit/authority.yaml": authorityWith("merge") };
    expect(await differencesOf({ expect: "outcome: change\ntier: propose" }, own)).toEqual([]);
  });

  test.each([
    ["history: fixtures/lost.yaml", {}, "there is no file tests/fixtures/lost.yaml"],
    [
      "history: fixtures/history.yaml",
      { "tests/fixtures/history.yaml": release.replace("v1.4.2", "v9") },
      "stands 0 times",
    ],
    [
      "history: fixtures/history.yaml",
      { "tests/fixtures/history.yaml": release.replace("newTag: v1.4.2", "- ") },
      "times in",
    ],
    [
      "history: fixtures/history.yaml",
      { "tests/fixtures/history.yaml": release.replace("16:45", "17:45") },
      "what happened after `at`",
    ],
    [
      "history: fixtures/history.yaml",
      { "tests/fixtures/history.yaml": release.replace("mesage", "message").replace("message", "mesage") },
      "did you mean message?",
    ],
    [
      "history: fixtures/history.yaml",
      { "tests/fixtures/history.yaml": "- {at: now, message: x, remove: [a]}\n" },
      "tests/fixtures/history.yaml:1:8",
    ],
    [
      "ledger: fixtures/ledger.yaml",
      { "tests/fixtures/ledger.yaml": '- {at: "2026-11-20T16:50:00Z", action: reboot, target: a}\n' },
      "reboot",
    ],
    ["history: fixtures/history.yaml", { "tests/alert.json": "{" }, "isn't JSON"],
  ])("with a fixture that can't be used fails and says what to mend: %j %j", async (given, files, message) => {
    expect(await differencesOf({ given }, files)).toMatchObject([
      { what: "fixture", actual: expect.stringContaining(message) },
    ]);
  });

  test("with a command fails, since this version takes none", async () => {
    const text = caseFile().replace("alert: alert.json", "command: /remit rollback checkout");
    const { cases } = await run(suiteDirectory({ "tests/case.yaml": text }));
    expect(cases).toMatchObject([{ differences: [{ what: "fixture", actual: expect.stringContaining("command") }] }]);
  });
});

describe("a git directory as the fixture", () => {
  function gitFixture(): string {
    const directory = suiteDirectory({
      "tests/case.yaml": caseFile({ given: "", expect: "outcome: change\ntier: propose" }),
    });
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

  test("is read as it stood at the case's moment, and stays as it is", async () => {
    const directory = gitFixture();
    const before = execFileSync("git", ["rev-parse", "HEAD"], { cwd: join(directory, "tests/shop") }).toString();
    const { cases } = await run(directory);
    expect(cases.flatMap(({ differences }) => differences)).toEqual([]);
    expect(cases[0]?.answer?.patch).toContain("+    newTag: v1.4.2");
    expect(cases[0]?.answer?.patch).toContain("-    newTag: v1.5.0");
    expect(execFileSync("git", ["rev-parse", "HEAD"], { cwd: join(directory, "tests/shop") }).toString()).toBe(before);
    expect(execFileSync("git", ["status", "--porcelain"], { cwd: join(directory, "tests/shop") }).toString()).toBe("");
  });

  test("takes no history on top of its own", async () => {
    const directory = gitFixture();
    cpSync(join(suiteDirectory(), "tests/case.yaml"), join(directory, "tests/case.yaml"));
    const { cases } = await run(directory);
    expect(cases[0]?.differences).toMatchObject([
      { what: "fixture", actual: expect.stringContaining("plain directory") },
    ]);
  });
});

test("mistakes in policy and tests are told together, and nothing is run", async () => {
  const { mistakes, cases } = await run(
    suiteDirectory({
      "authority.yaml": authorityWith("merg"),
      "runbooks/bad.yaml":
        "apiVersion: remit.dev/v1alpha1\nkind: Runbook\nmetadata: {name: bad}\nspec: {on: {alerts: [A]}, steps: [{action: rolback}]}\n",
      "tests/case.yaml": caseFile({ expect: "outcome: chang" }),
    }),
  );
  expect(mistakes.map(({ file, nearest }) => [file, nearest])).toEqual([
    ["authority.yaml", "merge"],
    ["runbooks/bad.yaml", "rollback"],
    ["tests/case.yaml", "change"],
  ]);
  expect(cases).toEqual([]);
});

test("no repository is left behind", async () => {
  const made = () => readdirSync(tmpdir()).filter((name) => name.startsWith("remit-test-"));
  const before = new Set(made());
  const directory = suiteDirectory();
  await run(directory);
  rmSync(directory, { recursive: true });
  expect(made().filter((name) => !before.has(name))).toEqual([]);
});

function authorityWith(tier: string): string {
  return `apiVersion: remit.dev/v1alpha1
kind: Authority
metadata: {name: shop}
spec:
  version: 1
  grants:
    - {name: checkout, match: {services: [checkout], environments: [production], actions: [rollback]}, tier: ${tier}}
`;
}
