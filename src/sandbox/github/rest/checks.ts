/** Check runs, check suites and commit statuses. */
import { type CheckRunInput, createCheckRun, updateCheckRun } from "../acts/check-runs.ts";
import { checksOn, rollup } from "../acts/checks-on.ts";
import { setStatus } from "../acts/set-status.ts";
import {
  presentCheckRun,
  presentCheckSuite,
  presentStatus,
  presentStatusWithCreator,
} from "../present/present-check.ts";
import { presentMinimalRepository } from "../present/present-repository.ts";
import type { AppAccount } from "../world/accounts.ts";
import { Refusal } from "../world/refusal.ts";
import { findCheckRun, findCommit, found } from "./find.ts";
import { created, ok, page, type RestCall, type RestRoute } from "./rest-route.ts";

const READ = { app: "checks:read", user: "read" } as const;
/** People may not write checks; the handler says so in GitHub's words. */
const WRITE = { app: "checks:write", user: "read" } as const;
const STATES = ["queued", "in_progress", "completed", "waiting", "requested", "pending"] as const;
const CONCLUSIONS = [
  "success",
  "failure",
  "neutral",
  "cancelled",
  "skipped",
  "timed_out",
  "action_required",
  "stale",
] as const;

export const checks: readonly RestRoute[] = [
  {
    operation: "checks/create",
    need: WRITE,
    handle: async (call) => {
      const { body, world } = call;
      const name = body.string("name") ?? "";
      const run = await createCheckRun(world, appOf(call), {
        ...input(call),
        name,
        head: body.string("head_sha") ?? "",
      });
      return created(presentCheckRun(world, run));
    },
  },
  {
    operation: "checks/update",
    need: WRITE,
    handle: async (call) => {
      const run = findCheckRun(call);
      await updateCheckRun(call.world, appOf(call), run, input(call));
      return ok(presentCheckRun(call.world, run));
    },
  },
  { operation: "checks/get", need: READ, handle: (call) => ok(presentCheckRun(call.world, findCheckRun(call))) },
  {
    operation: "checks/list-for-ref",
    need: READ,
    handle: async (call) => {
      const { world, query } = call;
      const { oid } = await findCommit(world, call.params.string("ref") ?? "");
      const name = query.string("check_name");
      const app = query.integer("app_id");
      const status = query.string("status");
      const all =
        query.string("filter") === "all"
          ? world.checkRuns.filter((run) => run.suite.head === oid)
          : checksOn(world, oid).runs;
      const runs = all.filter(
        (run) =>
          (name === undefined || run.name === name) &&
          (app === undefined || run.suite.app.id === app) &&
          (status === undefined || run.status === status),
      );
      return page(call, runs, (items) => ({
        total_count: runs.length,
        check_runs: items.map((run) => presentCheckRun(world, run)),
      }));
    },
  },
  {
    operation: "checks/list-suites-for-ref",
    need: READ,
    handle: async (call) => {
      const { world } = call;
      const commit = await findCommit(world, call.params.string("ref") ?? "");
      const suites = world.suites.filter((suite) => suite.head === commit.oid);
      return page(call, suites, (items) => ({
        total_count: suites.length,
        check_suites: items.map((suite) => presentCheckSuite(world, suite, commit)),
      }));
    },
  },
  {
    operation: "checks/get-suite",
    need: READ,
    handle: async ({ world, params }) => {
      const suite = found(world.suites.find((item) => item.id === params.integer("check_suite_id")));
      return ok(presentCheckSuite(world, suite, await world.git.commit(suite.head)));
    },
  },
  {
    operation: "repos/create-commit-status",
    need: { app: "statuses:write", user: "write" },
    handle: async ({ world, account, params, body }) => {
      const status = await setStatus(world, account, {
        head: params.string("sha") ?? "",
        context: body.string("context") ?? "default",
        state: body.word("state", ["error", "failure", "pending", "success"]) ?? "pending",
        description: body.string("description") ?? null,
        targetUrl: body.string("target_url") ?? null,
      });
      return created(presentStatusWithCreator(world, status));
    },
  },
  {
    operation: "repos/list-commit-statuses-for-ref",
    need: { app: "statuses:read", user: "read" },
    handle: async (call) => {
      const { oid } = await findCommit(call.world, call.params.string("ref") ?? "");
      const found = call.world.statuses.filter((status) => status.head === oid).reverse();
      return page(
        call,
        found.map((status) => presentStatusWithCreator(call.world, status)),
      );
    },
  },
  { operation: "repos/get-combined-status-for-ref", need: { app: "statuses:read", user: "read" }, handle: combined },
];

async function combined({ world, params }: RestCall) {
  const { oid } = await findCommit(world, params.string("ref") ?? "");
  const { statuses } = checksOn(world, oid);
  const url = `${world.apiUrl}/commits/${oid}`;
  return ok({
    state: rollup({ runs: [], statuses }) ?? "pending",
    statuses: statuses.map((status) => presentStatus(world, status)),
    sha: oid,
    total_count: statuses.length,
    repository: presentMinimalRepository(world),
    commit_url: url,
    url: `${url}/status`,
  });
}

function appOf({ actor }: RestCall): AppAccount {
  if (actor.kind === "installation") return actor.app;
  throw new Refusal(403, "You must authenticate via a GitHub App.");
}

function input({ body }: RestCall): CheckRunInput {
  const output = body.object("output");
  return {
    name: body.string("name"),
    status: body.word("status", STATES),
    conclusion: body.word("conclusion", CONCLUSIONS),
    startedAt: body.instant("started_at"),
    completedAt: body.instant("completed_at"),
    externalId: body.string("external_id"),
    detailsUrl: body.string("details_url"),
    output:
      output === undefined
        ? undefined
        : {
            title: output.string("title") ?? null,
            summary: output.string("summary") ?? null,
            text: output.string("text") ?? null,
          },
  };
}
