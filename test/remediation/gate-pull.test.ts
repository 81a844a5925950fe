import { execFileSync } from "node:child_process";
import { mkdirSync, symlinkSync } from "node:fs";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { openLocalMirror } from "../../src/gitops/mirror/open-local-mirror.ts";
import { type CheckReport, gatePull } from "../../src/remediation/gate-pull.ts";
import { gateRevisions } from "../../src/remediation/gate-revisions.ts";
import { formatGateTask, parseGateTask } from "../../src/remediation/gate-task.ts";
import { diffSummary } from "../../src/remediation/prose/diff-summary.ts";
import { repositoryReader } from "../../src/remediation/repository-reader.ts";
import { sshSignatures } from "../../src/server/signatures/ssh-signatures.ts";
import type { PullSignal } from "../../src/signals/signal.ts";
import { type GateWorld, gateWorld, overlay, policyOf, policyPath, production } from "../authority/diff/gate-world.ts";
import { run } from "../cli/run.ts";
import {
  authority,
  hasSshKeygen,
  repository,
  type Signer,
  signedRepository,
} from "../server/signatures/signed-repository.ts";
import { temporaryDirectory } from "../store/temporary-directory.ts";

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
  return { kind: "pull", ...place, base, baseBranch: "main", head, headBranch: "topic", observedAt: 0, ...change };
}

async function reported(
  at: Pick<GateWorld, "base" | "reader">,
  head: string,
  ours: readonly string[] = [],
): Promise<readonly CheckReport[]> {
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

  test("that changes nothing but the policy is for people, where the gate is required, too", async () => {
    for (const at of [world, required]) {
      const files = { [policyPath]: policyOf("propose", 15), ".github/remit/STOP": "" };
      const [report] = await reported(at, at.commit(files));
      expect(report).toMatchObject({ conclusion: "neutral", title: "the policy changes: people decide that" });
      expect(report?.summary).toContain(
        "**This changes what Remit may do: people decide that, and Remit never merges it.**",
      );
    }
  });

  test.each([
    ["the policy", policyPath, policyOf("merge", 15).replace("grants", "grnts")],
    [
      "a runbook",
      ".github/remit/runbooks/a.yaml",
      "apiVersion: remit.dev/v1alpha1\nkind: Runbook\nmetadata: {name: a}\nspec: {}\n",
    ],
  ])("that breaks %s fails, whatever the gate is to others, and says where", async (_, path, text) => {
    const [report] = await reported(world, world.commit({ [path]: text }));
    expect(report).toMatchObject({
      conclusion: "failure",
      title: expect.stringMatching(/^the policy would have .* at line \d+$/),
    });
    expect(report?.summary).toContain(`- \`${path}:`);
    const { base, directory } = world;
    const head = world.commit({ [path]: text });
    const ran = await run(["gate", "--repo", directory, "--base", base, "--head", head, "--check"]);
    expect(ran).toMatchObject({ code: 3, out: expect.stringContaining(`\n  ${path}:`) });
  });

  test("that mends a broken policy, or has nothing to do with it, is judged as any other", async () => {
    const broken = await gateWorld({ [production]: overlay("production", "v1.5.0"), [policyPath]: "spec: [\n" });
    onTestFinished(() => broken.close());
    expect(await reported(broken, broken.commit(denied))).toMatchObject([{ conclusion: "neutral" }]);
    expect(await reported(broken, broken.commit({ [production]: released }))).toMatchObject([
      { conclusion: "neutral" },
    ]);
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

describe.skipIf(!hasSshKeygen)("by a deployment's signers, the App, the command and the Action answer the same", () => {
  test.each<readonly [string, readonly Signer[], CheckReport["conclusion"], number]>([
    ["that was raised by two of them", ["alice", "bob"], "success", 0],
    ["that was raised by one of them", ["bob"], "neutral", 3],
    ["that was raised by one of them and a stranger", ["alice", "mallory"], "neutral", 3],
    ["that nobody signed", [], "neutral", 3],
  ])("for a policy %s", async (_, signers, conclusion, code) => {
    const { git, allowedSigners, allowed, commit } = signedRepository();
    git.commit({ [production]: overlay("production", "v1.5.0") });
    commit(authority(1, "propose"), "alice", "bob");
    const base = commit(authority(2, "merge"), ...signers);
    git.git("checkout", "--quiet", "-b", "topic");
    const head = git.commit({ [production]: released });
    const mirror = await openLocalMirror(git.directory);
    onTestFinished(() => mirror.close());
    const reader = repositoryReader(mirror, sshSignatures({ repository, allowedSigners, threshold: 2 }));
    const [report] = await reported({ base, reader }, head);
    expect(report?.conclusion).toBe(conclusion);

    const given = ["--repository", repository, "--allowed-signers", allowedSigners, "--signatures", "2"];
    const command = ["gate", "--repo", git.directory, "--base", base, "--head", head, "--markdown"];
    expect(await run([...command, ...given])).toEqual({ code, out: `${report?.summary}\n`, err: "" });
    expect((await run(command)).code).toBe(0);
    const inputs = { ALLOWED_SIGNERS: allowed, SIGNATURES: "2" };
    expect(action({ directory: git.directory, base }, head, inputs)).toBe(`${report?.summary}\n`);
  });
});

test("the Action fails where signatures are asked for and no list of signers arrives", () => {
  const head = world.commit({ [production]: released });
  expect(() => action(world, head, { ALLOWED_SIGNERS: "", SIGNATURES: "1" })).toThrow("go with --allowed-signers");
});

/** What the Action prints on a server on which the directory is Acme/shop. */
function action({ directory, base }: Pick<GateWorld, "directory" | "base">, head: string, inputs = {}): string {
  const server = temporaryDirectory();
  mkdirSync(join(server, dirname(repository)));
  symlinkSync(directory, join(server, repository));
  for (const setting of ["uploadpack.allowAnySHA1InWant", "uploadpack.allowReachableSHA1InWant"])
    execFileSync("git", ["-C", directory, "config", setting, "true"]);
  return execFileSync(".github/actions/gate/gate.sh", {
    encoding: "utf8",
    stdio: ["ignore", "pipe", "pipe"],
    env: {
      PATH: `${dirname(process.execPath)}:${process.env.PATH}`,
      SERVER_URL: `file://${server}`,
      REPOSITORY: repository,
      BASE_COMMIT: base,
      HEAD_COMMIT: head,
      ...inputs,
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
