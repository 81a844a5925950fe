import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { authority, caseFile, suiteDirectory } from "../runbook-tests/suite-world.ts";
import { temporaryDirectory } from "../store/temporary-directory.ts";
import { run } from "./run.ts";

test("remit test ends with 0 and a line for each case when all is as expected", async () => {
  const { code, out } = await run(["test", suiteDirectory()]);
  expect(out).toBe("tests/case.yaml\n  ✓ a release is taken back\n\n1 passed, 0 failed\n");
  expect(code).toBe(0);
});

test("what isn't as expected is shown with both sides, and ends with 1", async () => {
  const directory = suiteDirectory({
    "tests/case.yaml": caseFile({ expect: "outcome: change\ntier: merge\ndiff: golden.diff" }),
  });
  const { code, out } = await run(["test", directory]);
  expect(code).toBe(1);
  expect(out).toContain("tier: expected merge\n            but it is propose");
  expect(out).toContain("+-    newTag: v1.5.0");
  expect(out).toContain("0 passed, 1 failed");
});

test("--update writes the golden diff, and from then on the case passes", async () => {
  const directory = suiteDirectory({
    "tests/case.yaml": caseFile({ expect: "outcome: change\ndiff: golden/release.diff" }),
  });
  expect((await run(["test", directory])).code).toBe(1);
  const updated = await run(["test", directory, "--update"]);
  expect(updated).toMatchObject({ code: 0, out: expect.stringContaining("wrote ") });
  expect(readFileSync(join(directory, "tests/golden/release.diff"), "utf8")).toContain("+    newTag: v1.4.2");
  expect(await run(["test", directory])).toMatchObject({ code: 0 });
});

test("--coverage ends with 1 while a rule was seen one way only", async () => {
  const { code, out } = await run(["test", suiteDirectory(), "--coverage"]);
  expect(code).toBe(1);
  expect(out).toContain("✗ grant checkout: true 1×, false 0×, never false");
});

test("--coverage ends with 1 while a freeze window was always open, and says so", async () => {
  const freeze = `  freeze: [{kind: deny, schedule: "0 16 * * 5", duration: 64h}]\n`;
  const { code, out } = await run(["test", suiteDirectory({ "authority.yaml": authority + freeze }), "--coverage"]);
  expect(code).toBe(1);
  expect(out).toContain('✗ deny window "0 16 * * 5": open 1×, closed 0×, never closed');
});

test("--junit and --json tell the same results to programs", async () => {
  const directory = suiteDirectory();
  const report = join(directory, "report.xml");
  const { out } = await run(["test", directory, "--json", "--junit", report]);
  expect(JSON.parse(out)).toMatchObject({ cases: [{ name: "a release is taken back", passed: true }] });
  expect(readFileSync(report, "utf8")).toContain(
    '<testcase classname="tests/case.yaml" name="a release is taken back"/>',
  );
});

test("mistakes are told with their places, and end with 1", async () => {
  const directory = suiteDirectory({ "tests/case.yaml": caseFile({ expect: "outcom: change" }) });
  const { code, out } = await run(["test", directory]);
  expect(code).toBe(1);
  expect(out).toMatch(/^tests\/case\.yaml:\d+:\d+: expect has no key "outcom"; .*; did you mean outcome\?$/m);
});

test.each([
  [() => join(temporaryDirectory(), "lost"), "there are no files in"],
  [() => suiteDirectory({ "tests/case.yaml": "" }).replace(/$/, "/tests/shop"), "holds no cases"],
])("a directory without tests is a usage error", async (directory, message) => {
  const { code, err } = await run(["test", directory()]);
  expect(err).toContain(message);
  expect(code).toBe(2);
});

test("remit init writes a pack that watches only and passes its own tests, and leaves what is there", async () => {
  const directory = temporaryDirectory();
  mkdirSync(join(directory, ".git"));
  mkdirSync(join(directory, ".github/remit"), { recursive: true });
  const kept = readFileSync("policies/authority.yaml", "utf8").replace("name: default", "name: ours");
  writeFileSync(join(directory, ".github/remit/authority.yaml"), kept);
  const first = await run(["init", directory]);
  expect(first).toMatchObject({ code: 0, out: expect.stringContaining("Left as it is: .github/remit/authority.yaml") });
  expect(readFileSync(join(directory, ".github/remit/authority.yaml"), "utf8")).toBe(kept);
  expect(existsSync(join(directory, ".github/remit/runbooks/bad-deploy.yaml"))).toBe(true);
  const tested = await run(["test", join(directory, ".github/remit"), "--coverage"]);
  expect(tested.out).toContain(" passed, 0 failed");
  expect(tested.code).toBe(0);
  expect((await run(["init", directory])).out).toContain("Wrote 0 files");
}, 120_000);

test.each([
  [() => join(temporaryDirectory(), "lost"), "isn't a directory"],
  [() => temporaryDirectory(), "isn't the root of a git work tree"],
])("remit init refuses a place that is no work tree", async (directory, message) => {
  const { code, err } = await run(["init", directory()]);
  expect(err).toContain(message);
  expect(code).toBe(2);
});
