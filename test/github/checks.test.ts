import nock from "nock";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { read } from "./read-view.ts";
import { base, commitFacts, pullFacts } from "./world.ts";

beforeEach(() => nock.disableNetConnect());
afterEach(() => {
  nock.cleanAll();
  nock.enableNetConnect();
});

describe("checks", () => {
  const run = (name: string, slug: string, conclusion: string | null, more: object = {}) => ({
    __typename: "CheckRun",
    name,
    status: conclusion === null ? "IN_PROGRESS" : "COMPLETED",
    conclusion,
    startedAt: "2026-11-20T10:02:00Z",
    checkSuite: { app: { slug, databaseId: slug === "remit" ? 7 : 8 } },
    ...more,
  });
  const withChecks = (contexts: object[], branchRules: object = {}) => {
    const nodes = [{ commit: { ...commitFacts(), statusCheckRollup: { contexts: { nodes: contexts } } } }];
    return {
      defaultBranchRef: { name: "main", target: { __typename: "Commit", oid: base }, ...branchRules },
      pullRequests: { nodes: [pullFacts({ commits: { nodes } })] },
    };
  };

  it("are required by branch protection or by a rule set, and pending until they are reported", async () => {
    const branchRules = {
      refUpdateRule: { requiredStatusCheckContexts: ["build", null, "lint"] },
      rules: {
        nodes: [
          {
            parameters: {
              __typename: "RequiredStatusChecksParameters",
              requiredStatusChecks: [{ context: "remit/gate", integrationId: 7 }],
            },
          },
          { parameters: { __typename: "PullRequestParameters" } },
          { parameters: null },
        ],
      },
    };
    const contexts = [
      run("remit/gate", "remit", "SUCCESS"),
      run("optional", "ci", "FAILURE"),
      { __typename: "StatusContext", context: "build", state: "ERROR" },
    ];
    const view = await read(withChecks(contexts, branchRules));
    expect(view.pull?.checks).toEqual([
      { name: "remit/gate", state: "success", required: true, ours: true },
      { name: "optional", state: "failure", required: false, ours: false },
      { name: "build", state: "failure", required: true, ours: false },
      { name: "lint", state: "pending", required: true, ours: false },
    ]);
  });

  it("field note S18: of our name by another App are neither ours nor what a rule bound to us requires", async () => {
    const rules = {
      nodes: [
        {
          parameters: {
            __typename: "RequiredStatusChecksParameters",
            requiredStatusChecks: [{ context: "remit/gate", integrationId: 7 }],
          },
        },
      ],
    };
    const view = await read(withChecks([run("remit/gate", "ci", "SUCCESS")], { rules }));
    expect(view.pull?.checks).toEqual([
      { name: "remit/gate", state: "success", required: false, ours: false },
      { name: "remit/gate", state: "pending", required: true, ours: false },
    ]);
  });

  it("that ran again count once, with the newest result", async () => {
    const contexts = [
      run("build", "ci", "SUCCESS", { startedAt: "2026-11-20T10:09:00Z" }),
      run("build", "ci", "FAILURE", { startedAt: "2026-11-20T10:02:00Z" }),
    ];
    expect((await read(withChecks(contexts))).pull?.checks).toEqual([
      { name: "build", state: "success", required: false, ours: false },
    ]);
  });

  it("that ran again count with the newest result in whatever order they are listed, and the last of equals", async () => {
    const at = (startedAt: string | null, conclusion: string) => run("build", "ci", conclusion, { startedAt });
    const stateOf = async (...contexts: object[]) =>
      (await read(withChecks(contexts))).pull?.checks.map(({ state }) => state);
    const [early, late] = ["2026-11-20T10:02:00Z", "2026-11-20T10:09:00Z"];
    expect(await stateOf(at(early, "FAILURE"), at(late, "SUCCESS"))).toEqual(["success"]);
    expect(await stateOf(at(late, "SUCCESS"), at(late, "FAILURE"))).toEqual(["failure"]);
    expect(await stateOf(at(early, "FAILURE"), at(null, "SUCCESS"))).toEqual(["failure"]);
    expect(await stateOf(at(null, "SUCCESS"), at(early, "FAILURE"))).toEqual(["failure"]);
  });

  it.each([[[]], [[{ commit: { ...commitFacts(), statusCheckRollup: null } }]]])(
    "are none where the head has none",
    async (nodes) => {
      const pullRequests = { nodes: [pullFacts({ commits: { nodes } })] };
      expect((await read({ pullRequests })).pull?.checks).toEqual([]);
    },
  );

  it("of one name count each where other Apps report them, and where nobody knows which", async () => {
    const contexts = [
      run("build", "ci", "SUCCESS"),
      run("build", "other", "FAILURE"),
      run("build", "", "SUCCESS", { checkSuite: { app: null } }),
    ];
    expect((await read(withChecks(contexts))).pull?.checks).toEqual([
      { name: "build", state: "success", required: false, ours: false },
      { name: "build", state: "failure", required: false, ours: false },
      { name: "build", state: "success", required: false, ours: false },
    ]);
  });

  it("that a rule asks for of any App are met by a run or a status, and of one App only by its run", async () => {
    const asks = (context: string, integrationId: number | null) => ({
      parameters: {
        __typename: "RequiredStatusChecksParameters",
        requiredStatusChecks: [{ context, integrationId }],
      },
    });
    const rules = { nodes: [asks("build", null), asks("lint", null), asks("scan", 8), asks("orphan", 8)] };
    const contexts = [
      run("build", "ci", "SUCCESS"),
      { __typename: "StatusContext", context: "lint", state: "SUCCESS" },
      { __typename: "StatusContext", context: "scan", state: "SUCCESS" },
      { __typename: "StatusContext", context: "other", state: "SUCCESS" },
      run("orphan", "", "SUCCESS", { checkSuite: { app: null } }),
    ];
    expect((await read(withChecks(contexts, { rules }))).pull?.checks).toEqual([
      { name: "build", state: "success", required: true, ours: false },
      { name: "lint", state: "success", required: true, ours: false },
      { name: "scan", state: "success", required: false, ours: false },
      { name: "other", state: "success", required: false, ours: false },
      { name: "orphan", state: "success", required: false, ours: false },
      { name: "scan", state: "pending", required: true, ours: false },
      { name: "orphan", state: "pending", required: true, ours: false },
    ]);
  });

  it.each([
    ["SUCCESS", "success"],
    ["PENDING", "pending"],
    ["EXPECTED", "pending"],
    ["FAILURE", "failure"],
    ["ERROR", "failure"],
  ])("that are a status %s are %s", async (state, expected) => {
    const view = await read(withChecks([{ __typename: "StatusContext", context: "build", state }]));
    expect(view.pull?.checks[0]?.state).toBe(expected);
  });

  it.each([
    [null, "pending"],
    ["NEUTRAL", "neutral"],
    ["SKIPPED", "neutral"],
    ["CANCELLED", "failure"],
    ["TIMED_OUT", "failure"],
    ["ACTION_REQUIRED", "failure"],
    ["STALE", "failure"],
  ])("with conclusion %s are %s", async (conclusion, expected) => {
    const view = await read(withChecks([run("build", "ci", conclusion)]));
    expect(view.pull?.checks[0]?.state).toBe(expected);
  });
});
