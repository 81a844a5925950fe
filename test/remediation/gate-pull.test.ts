import { execFileSync } from "node:child_process";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type CheckReport, gatePull } from "../../src/remediation/gate-pull.ts";
import { gateRevisions } from "../../src/remediation/gate-revisions.ts";
import { formatGateTask, parseGateTask } from "../../src/remediation/gate-task.ts";
import { diffSummary } from "../../src/remediation/prose/diff-summary.ts";
import type { PullSignal } from "../../src/signals/signal.ts";
import { type GateWorld, gateWorld, overlay, policyOf, policyPath, production } from "../authority/diff/gate-world.ts";
import { run } from "../cli/run.ts";

const released = overlay("production", "v1.4.2");
const denied = { [policyPath]: policyOf("merge", 15), [production]: released };
const ignore = () => {};

let world: GateWorld;
let required: GateWorld;
beforeAll(async () => {
  world = await gateWorld();
  const policy = `${policyOf("merge")}  gate: required\n`;
  required = await gateWorld({ [production]: overlay("production", "v1.5.0"), [policyPath]: policy });
});
afterAll(async () => {
  await world.close();
  await required.close();
});

function signal(base: string, head: string, change: Partial<PullSignal> = {}): PullSignal {
  const place = { source: "github", repository: "acme/shop", repositoryId: "R_1", author: "alice" } as const;
  return { kind: "pull", ...place, base, baseBranch: "main", head, observedAt: 0, ...change };
}

async function reported(at: GateWorld, head: string, ours: readonly string[] = []): Promise<readonly CheckReport[]> {
  const reports: CheckReport[] = [];
  const task = parseGateTask(formatGateTask(signal(at.base, head)) ?? "");
  if (task === undefined) throw new Error("no task");
  const records = [{ response: { remediations: ours.map((commit) => ({ commit })) } }];
  await gatePull(
    {
      store: { incidents: { open: async () => records } as never },
      reader: async () => at.reader,
      log: { info: ignore, warn: ignore, error: ignore },
      reportCheck: async (_, report) => void reports.push(report),
    },
    task,
  );
  return reports;
}

describe("a person's pull request", () => {
  test("that is granted gets a green check, in one request", async () => {
    const reports = await reported(world, world.commit({ [production]: released }));
    expect(reports).toMatchObject([{ repositoryId: "R_1", conclusion: "success" }]);
  });

  test("that is denied is told so, and blocked only where the policy makes the gate required", async () => {
    expect(await reported(world, world.commit(denied))).toMatchObject([{ conclusion: "neutral" }]);
    expect(await reported(required, required.commit(denied))).toMatchObject([{ conclusion: "failure" }]);
  });

  test("that makes the gate informative in the same breath is blocked by the base's policy", async () => {
    const head = required.commit({ [policyPath]: policyOf("merge", 15), [production]: released });
    expect(await reported(required, head)).toMatchObject([{ conclusion: "failure" }]);
  });

  test("whose head is a remediation's commit is left to its incident", async () => {
    const head = world.commit({ [production]: released });
    expect(await reported(world, head, [head])).toEqual([]);
  });

  test("whose head can't be had any more gets no check, and isn't tried again", async () => {
    expect(await reported(world, "0".repeat(40))).toEqual([]);
  });
});

test("the App, the command and the Action answer the same for the same commits", async () => {
  for (const edit of [{ [production]: released }, denied]) {
    const head = world.commit(edit);
    const [report] = await reported(world, head);
    const args = ["gate", "--repo", world.directory, "--base", world.base, "--head", head];
    expect((await run([...args, "--markdown"])).out).toBe(`${report?.summary}\n`);
    expect(action(world, head)).toBe(`${report?.summary}\n`);
  }
});

function action({ directory, base }: GateWorld, head: string): string {
  const [path, repository] = [directory.slice(0, directory.lastIndexOf("/")), directory.split("/").at(-1)];
  for (const setting of ["uploadpack.allowAnySHA1InWant", "uploadpack.allowReachableSHA1InWant"])
    execFileSync("git", ["--git-dir", directory, "config", setting, "true"]);
  return execFileSync(".github/actions/gate/gate.sh", {
    encoding: "utf8",
    env: {
      PATH: `${process.execPath.slice(0, process.execPath.lastIndexOf("/"))}:${process.env.PATH}`,
      SERVER_URL: `file://${path}`,
      REPOSITORY: repository,
      BASE_COMMIT: base,
      HEAD_COMMIT: head,
    },
  });
}

test.each(["$(id)", "main;id", "-x", "refs/heads/main:x", ""])("the Action refuses %j as a head", (head) => {
  expect(() =>
    execFileSync(".github/actions/gate/gate.sh", {
      env: { PATH: process.env.PATH, HEAD_COMMIT: head, BASE_BRANCH: "main" },
      stdio: "ignore",
    }),
  ).toThrow();
});

test("nothing that a file says becomes markup in the summary", async () => {
  const value = '"](http://evil) @octocat <img src=x> | `"';
  const head = world.commit({ [production]: released.replace("shop-production", value) });
  const summary = diffSummary(await gateRevisions(world.reader, world.base, head));
  const outside = summary.replace(/(`+)[^`].*?\1/g, "");
  expect(outside).not.toMatch(/@octocat|<img|http:/);
});
