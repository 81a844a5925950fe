import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { z } from "zod";

const step = z.object({
  uses: z.string().optional(),
  run: z.string().optional(),
  with: z.record(z.string(), z.unknown()).optional(),
  env: z.record(z.string(), z.string()).optional(),
});
const workflow = z.object({
  permissions: z.record(z.string(), z.string()),
  jobs: z.record(
    z.string(),
    z.object({ "timeout-minutes": z.number(), permissions: z.record(z.string(), z.string()), steps: z.array(step) }),
  ),
});

const directory = ".github/workflows";

describe.each(readdirSync(directory))("the workflow %s", (file) => {
  const text = readFileSync(`${directory}/${file}`, "utf8");
  const { permissions, jobs } = workflow.parse(parse(text));

  test("grants nothing by default, and each job only to read", () => {
    expect(permissions).toEqual({});
    for (const job of Object.values(jobs)) expect(job.permissions).toEqual({ contents: "read" });
  });

  test("pins every action to a commit and names its version", () => {
    const uses = text.match(/uses: .*/g) ?? [];
    expect(uses).not.toEqual([]);
    for (const line of uses) expect(line).toMatch(/^uses: [\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
  });

  test("leaves no token behind in a checkout", () => {
    const checkouts = Object.values(jobs).flatMap(({ steps }) =>
      steps.filter(({ uses }) => uses?.startsWith("actions/checkout@")),
    );
    expect(checkouts).not.toEqual([]);
    for (const { with: options } of checkouts) expect(options).toMatchObject({ "persist-credentials": false });
  });

  test("puts nothing from an event into a shell", () => {
    for (const { steps } of Object.values(jobs)) for (const { run } of steps) expect(run ?? "").not.toContain("${{");
  });

  test("runs in bounded time", () => {
    for (const job of Object.values(jobs)) expect(job["timeout-minutes"]).toBeLessThanOrEqual(20);
  });
});

describe("the Action that gates a pull request", () => {
  const text = readFileSync(".github/actions/gate/action.yml", "utf8");
  const { runs } = z
    .object({ runs: z.object({ using: z.literal("composite"), steps: z.array(step) }) })
    .parse(parse(text));

  test("pins the actions that it uses, and checks nothing out", () => {
    const uses = text.match(/uses: .*/g) ?? [];
    expect(uses).not.toEqual([]);
    for (const line of uses) expect(line).toMatch(/^uses: [\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
    expect(text).not.toContain("actions/checkout");
  });

  test("puts nothing from an event into a shell, and asks for no actor's name", () => {
    for (const { run } of runs.steps) expect(run ?? "").not.toContain("${{");
    expect(text).not.toMatch(/github\.actor|head_ref|pull_request\.(?:title|body)/);
  });

  test("gives its script everything that the script reads", () => {
    const script = readFileSync(".github/actions/gate/gate.sh", "utf8");
    const read = [...script.matchAll(/\$\{?([A-Z][A-Z_]*)\b/g)].map(([, name]) => name);
    const env = Object.entries(runs.steps.at(-1)?.env ?? {});
    expect(env.map(([name]) => name)).toEqual(
      expect.arrayContaining(read.filter((name) => !/^(?:GIT|GITHUB|BASH)_/.test(name ?? ""))),
    );
    const inputs = env.flatMap(([, value]) => /inputs\.([a-z-]+)/.exec(value)?.[1] ?? []);
    expect(inputs.toSorted()).toEqual(
      Object.keys(z.object({ inputs: z.looseObject({}) }).parse(parse(text)).inputs).toSorted(),
    );
  });

  test("runs no script of a package that it installs", () => {
    expect(text).toContain("--ignore-scripts");
  });
});
