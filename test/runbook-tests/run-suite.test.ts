import { execFileSync } from "node:child_process";
import { cpSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { temporaryDirectory } from "../store/temporary-directory.ts";
import {
  authorityWith,
  type CaseText,
  caseFile,
  gitFixture,
  golden,
  release,
  run,
  suiteDirectory,
} from "./suite-world.ts";

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
});

describe("a git directory as the fixture", () => {
  const text = caseFile({ given: "", expect: "outcome: change\ntier: propose" });

  test("is read as it stood at the case's moment, and stays as it is", async () => {
    const directory = gitFixture({ "tests/case.yaml": text });
    const before = execFileSync("git", ["rev-parse", "HEAD"], { cwd: join(directory, "tests/shop") }).toString();
    const { cases } = await run(directory);
    expect(cases.flatMap(({ differences }) => differences)).toEqual([]);
    expect(cases[0]?.answer?.patch).toContain("+    newTag: v1.4.2");
    expect(cases[0]?.answer?.patch).toContain("-    newTag: v1.5.0");
    expect(execFileSync("git", ["rev-parse", "HEAD"], { cwd: join(directory, "tests/shop") }).toString()).toBe(before);
    expect(execFileSync("git", ["status", "--porcelain"], { cwd: join(directory, "tests/shop") }).toString()).toBe("");
  });

  test("takes no history on top of its own", async () => {
    const directory = gitFixture({ "tests/case.yaml": text });
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
  const directory = suiteDirectory();
  // Of its own, since other tests make theirs at the same time.
  const place = temporaryDirectory();
  vi.stubEnv("TMPDIR", place);
  onTestFinished(() => void vi.unstubAllEnvs());
  const { cases } = await run(directory);
  expect(cases.map(({ answer }) => answer?.outcome)).toEqual(["change"]);
  expect(readdirSync(place)).toEqual([]);
});
