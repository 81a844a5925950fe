/** Check runs, which only Apps may write. */

import { presentApp } from "../present/present-app.ts";
import { presentCheckRun, presentSuiteFacts } from "../present/present-check.ts";
import type { AppAccount } from "../world/accounts.ts";
import type { CheckConclusion, CheckRunRecord, CheckStatus, CheckSuiteRecord } from "../world/records.ts";
import { Refusal } from "../world/refusal.ts";
import type { World } from "../world/world.ts";
import { suiteEvent } from "./branch-moved.ts";
import { checkSuiteState } from "./check-suite-state.ts";

export interface CheckRunInput {
  readonly name?: string | undefined;
  readonly status?: CheckStatus | undefined;
  readonly conclusion?: CheckConclusion | undefined;
  readonly startedAt?: number | undefined;
  readonly completedAt?: number | undefined;
  readonly externalId?: string | undefined;
  readonly detailsUrl?: string | undefined;
  readonly output?:
    | { readonly title: string | null; readonly summary: string | null; readonly text: string | null }
    | undefined;
}

const LONGEST_OUTPUT = 65_535;

export async function createCheckRun(
  world: World,
  app: AppAccount,
  input: CheckRunInput & { readonly name: string; readonly head: string },
): Promise<CheckRunRecord> {
  if ((await world.git.resolve(input.head))?.type !== "commit") {
    throw new Refusal(422, `No commit found for SHA: ${input.head}`, {
      graphql: `No commit found for SHA: ${input.head}`,
    });
  }
  const run: CheckRunRecord = {
    id: world.nextId(),
    suite: await ensureSuite(world, app, input.head),
    name: input.name,
    status: "queued",
    conclusion: null,
    startedAt: world.now(),
    completedAt: null,
    externalId: "",
    detailsUrl: null,
    output: { title: null, summary: null, text: null },
  };
  apply(world, run, input);
  world.checkRuns.push(run);
  await tell(world, run, "created");
  if (run.status === "completed") await complete(world, run);
  return run;
}

export async function updateCheckRun(
  world: World,
  app: AppAccount,
  run: CheckRunRecord,
  input: CheckRunInput,
): Promise<void> {
  if (run.suite.app !== app) {
    const whose = "check run can only be modified by the GitHub App that created it.";
    throw new Refusal(403, `Invalid app_id \`${app.id}\` - ${whose}`);
  }
  const before = run.status;
  apply(world, run, input);
  if (run.status === "completed" && before !== "completed") await complete(world, run);
}

function apply(world: World, run: CheckRunRecord, input: CheckRunInput): void {
  for (const text of [input.output?.summary, input.output?.text]) {
    if (text !== undefined && text !== null && text.length > LONGEST_OUTPUT) {
      throw new Refusal(422, "Invalid request.\n\nOnly 65535 characters are allowed", {
        graphql: "Only 65535 characters are allowed",
      });
    }
  }
  run.name = input.name ?? run.name;
  run.status = input.conclusion === undefined ? (input.status ?? run.status) : "completed";
  if (run.status === "completed" && (input.conclusion ?? run.conclusion) === null) {
    throw new Refusal(422, "Invalid request.\n\nA conclusion is needed for a completed check run.");
  }
  run.conclusion = run.status === "completed" ? (input.conclusion ?? run.conclusion) : null;
  run.startedAt = input.startedAt ?? run.startedAt;
  run.completedAt = run.status === "completed" ? (input.completedAt ?? run.completedAt ?? world.now()) : null;
  run.externalId = input.externalId ?? run.externalId;
  run.detailsUrl = input.detailsUrl ?? run.detailsUrl;
  run.output = input.output ?? run.output;
  run.suite.updatedAt = world.now();
}

export async function ensureSuite(world: World, app: AppAccount, head: string): Promise<CheckSuiteRecord> {
  const known = world.suites.find((suite) => suite.app === app && suite.head === head);
  if (known !== undefined) return known;
  const branch = [...(await world.git.refs())].find(([, oid]) => oid === head)?.[0].slice("refs/heads/".length) ?? null;
  const now = world.now();
  const suite = { id: world.nextId(), app, head, branch, before: null, createdAt: now, updatedAt: now };
  world.suites.push(suite);
  return suite;
}

async function complete(world: World, run: CheckRunRecord): Promise<void> {
  await tell(world, run, "completed");
  if (checkSuiteState(world, run.suite).status === "completed") {
    await suiteEvent(world, run.suite, "completed", run.suite.app.bot);
  }
}

async function tell(world: World, run: CheckRunRecord, action: string): Promise<void> {
  const suite = {
    ...presentSuiteFacts(world, run.suite),
    url: `${world.apiUrl}/check-suites/${run.suite.id}`,
    after: run.suite.head,
    app: presentApp(world, run.suite.app),
  };
  const check_run = { ...presentCheckRun(world, run), check_suite: suite };
  world.emit({ name: "check_run", action, sender: run.suite.app.bot, payload: { action, check_run } });
}
