import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { isCovered } from "../../src/runbook-tests/coverage.ts";
import { authorityWith, type CaseText, caseFile, gitFixture, golden, run, suiteDirectory } from "./suite-world.ts";

const onDeployment = `apiVersion: remit.dev/v1alpha1
kind: Runbook
metadata: {name: deployments}
spec: {on: {deploymentStatus: [failure]}, steps: [{action: rollback}]}
`;

describe("a person's command", () => {
  const command = (line: string, text: CaseText) => ({
    "authority.yaml": authorityWith("merge"),
    "tests/case.yaml": caseFile(text).replace("alert: alert.json", `command: ${line}`),
    "tests/golden.diff": golden,
  });
  const found = async (line: string, expected: string) => {
    const { cases, mistakes } = await run(suiteDirectory(command(line, { expect: expected })));
    expect(mistakes).toEqual([]);
    return cases.flatMap(({ differences }) => differences);
  };

  test("is done as far as the policy lets it, and without an alert that fires people approve", async () => {
    const expected = "outcome: change\ntier: propose\nreasons: [suspect-found, evidence-stale]\ndiff: golden.diff";
    expect(await found("/remit rollback checkout --environment production", expected)).toEqual([]);
  });

  test.each([
    ["/remit rollback checkout", "outcome: abstain\nreasons: [target-ambiguous]"],
    ["/remit rollback check --environment production", "outcome: abstain\nreasons: [target-not-found]"],
    ["/remit rollback checkout to v1.4.2 --environment production", "outcome: change\nreasons: [asked]"],
  ])("%s: %s", async (line, expected) => {
    expect(await found(line, expected)).toEqual([]);
  });

  test("with a word that there isn't says what to mend", async () => {
    expect(await found("/remit rolback checkout", "outcome: change")).toMatchObject([
      { what: "fixture", actual: expect.stringContaining("did you mean rollback?") },
    ]);
  });

  test("is seen by the coverage of grants, and starts no runbook", async () => {
    const files = command("/remit rollback checkout --environment production", {});
    const { coverage } = await run(suiteDirectory({ ...files, "runbooks/deployments.yaml": onDeployment }));
    expect(coverage.map(({ name, held, failed }) => [name, held, failed])).toEqual([
      ["grant checkout", 1, 0],
      ["runbook deployments: on deployment failure", 0, 0],
      ["runbook deployments: rollback", 0, 0],
    ]);
  });
});

describe("a failed deployment", () => {
  const zeros = "0".repeat(40);
  const body = ({ state = "failure", at = "2026-11-20T16:55:00Z", sha = zeros, environment = "production" } = {}) =>
    JSON.stringify({
      deployment_status: { state, created_at: at },
      deployment: { sha, environment },
      repository: { full_name: "somebody/else" },
    });
  const files = (deployment: string, text: CaseText = {}) => ({
    "authority.yaml": authorityWith("merge"),
    "runbooks/deployments.yaml": onDeployment,
    "tests/case.yaml": caseFile(text).replace("alert: alert.json", "deployment: failed.json"),
    "tests/failed.json": deployment,
    "tests/golden.diff": golden,
  });
  const suiteOf = (deployment: string, text: CaseText = {}) => run(suiteDirectory(files(deployment, text)));
  const found = async (deployment: string, text: CaseText = {}) => {
    const { cases, mistakes } = await suiteOf(deployment, text);
    expect(mistakes).toEqual([]);
    return cases.flatMap(({ differences }) => differences);
  };

  test("is an alert for the target that the newest commit changed", async () => {
    expect(await found(body(), { expect: "outcome: change\ntier: merge\ndiff: golden.diff" })).toEqual([]);
  });

  test("is of the repository that is tested, whatever its payload says", async () => {
    const { cases } = await suiteOf(body());
    expect(cases[0]?.seen.incident?.repository).toMatch(/^(?!somebody).+$/);
  });

  test("was last heard of when it failed", async () => {
    const text = files(body(), { expect: "outcome: change\ntier: propose\nreasons: [evidence-stale]" });
    const later = text["tests/case.yaml"].replace("17:00:00Z", "17:06:00Z");
    const { cases } = await run(suiteDirectory({ ...text, "tests/case.yaml": later }));
    expect(cases.flatMap(({ differences }) => differences)).toEqual([]);
  });

  test("doesn't take what Remit did itself for the commit that was deployed", async () => {
    const ledger = '- {at: "2026-11-20T16:50:00Z", action: rollback, target: cart/production}\n';
    const given = "history: fixtures/history.yaml\nledger: fixtures/ledger.yaml";
    const directory = suiteDirectory({ ...files(body(), { given }), "tests/fixtures/ledger.yaml": ledger });
    expect((await run(directory)).cases.flatMap(({ differences }) => differences)).toEqual([]);
  });

  test.each([
    [{ state: "error" }, "runbook"],
    [{ environment: "preview" }, "target-ambiguous"],
  ])("%j starts nothing (%s)", async (change, code) => {
    expect(await found(body(change), { expect: `outcome: abstain\nreasons: [${code}]` })).toEqual([]);
  });

  test.each([
    [body({ state: "success" }), "it tells of none that ended in failure or error"],
    [body({ at: "soon" }), "it tells of none that ended in failure or error, and when"],
    [body({ state: "inactive" }), "it tells of none"],
    [body({ at: "2026-11-20T17:00:01Z" }), "it failed after `at`"],
    [body({ sha: "f".repeat(40) }), "forty zeros stand for its newest one"],
    ["{", "failed.json isn't JSON"],
    ["{}", "deployment_status"],
  ])("%s can't be used: %s", async (deployment, message) => {
    expect(await found(deployment)).toMatchObject([{ what: "fixture", actual: expect.stringContaining(message) }]);
  });

  test("is covered state by state", async () => {
    const both = onDeployment.replace("[failure]", "[failure, error]");
    const suite = await run(suiteDirectory({ ...files(body()), "runbooks/deployments.yaml": both }));
    const triggers = suite.coverage.filter(({ kind }) => kind === "trigger");
    expect(triggers.map((rule) => [rule.name, rule.held, rule.failed, isCovered(rule)])).toEqual([
      ["runbook deployments: on deployment failure", 1, 0, true],
      ["runbook deployments: on deployment error", 0, 1, false],
    ]);
  });

  test("of a git directory is of the commit that it names, or of the newest that there was", async () => {
    const directory = gitFixture(files(zeros));
    const shop = join(directory, "tests/shop");
    const idOf = (revision: string) => execFileSync("git", ["rev-parse", revision], { cwd: shop }).toString().trim();
    const tried = async (sha: string, expected: string) => {
      writeFileSync(join(directory, "tests/failed.json"), body({ sha }));
      const text = caseFile({ given: "", expect: expected }).replace("alert: alert.json", "deployment: failed.json");
      writeFileSync(join(directory, "tests/case.yaml"), text);
      return (await run(directory)).cases.flatMap(({ differences }) => differences);
    };
    const change = "outcome: change\ntier: merge\ndiff: golden.diff";
    expect(await tried(idOf("HEAD~1"), change)).toEqual([]);
    expect(await tried(zeros, change)).toEqual([]);
    expect(await tried(idOf("HEAD~2"), "outcome: abstain\nreasons: [target-ambiguous]")).toEqual([]);
    // It was made after the case's moment.
    expect(await tried(idOf("HEAD"), "outcome: abstain\nreasons: [target-not-found]")).toEqual([]);
  });
});
