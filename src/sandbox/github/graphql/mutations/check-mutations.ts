/** Check runs, which only Apps may write. */
import { type CheckRunInput, createCheckRun, ensureSuite, updateCheckRun } from "../../acts/check-runs.ts";
import type { Fields } from "../../fields.ts";
import type { AppAccount } from "../../world/accounts.ts";
import type { CheckConclusion, CheckStatus } from "../../world/records.ts";
import { Refusal } from "../../world/refusal.ts";
import { checkRunById, repositoryById } from "../find-by-id.ts";
import type { GraphqlContext } from "../graphql-context.ts";
import { checkRunNode, suiteNode } from "../nodes/check-node.ts";
import type { Mutation } from "./mutation.ts";

const WRITE = { app: "checks:write" } as const;

const CONCLUSIONS: Readonly<Record<string, CheckConclusion>> = {
  ACTION_REQUIRED: "action_required",
  CANCELLED: "cancelled",
  FAILURE: "failure",
  NEUTRAL: "neutral",
  SKIPPED: "skipped",
  STALE: "stale",
  SUCCESS: "success",
  TIMED_OUT: "timed_out",
};
const STATUSES: Readonly<Record<string, CheckStatus>> = {
  COMPLETED: "completed",
  IN_PROGRESS: "in_progress",
  PENDING: "pending",
  QUEUED: "queued",
  WAITING: "waiting",
};

export const checkMutations: Readonly<Record<string, Mutation>> = {
  createCheckRun: {
    need: WRITE,
    run: async (context, input) => {
      repositoryById(context.world, input.string("repositoryId"));
      const run = await createCheckRun(context.world, appOf(context), {
        ...checkInput(input),
        name: input.string("name") ?? "",
        head: input.string("headSha") ?? "",
      });
      return { checkRun: checkRunNode(context, run) };
    },
  },
  updateCheckRun: {
    need: WRITE,
    run: async (context, input) => {
      repositoryById(context.world, input.string("repositoryId"));
      const run = checkRunById(context.world, input.string("checkRunId"));
      await updateCheckRun(context.world, appOf(context), run, checkInput(input));
      return { checkRun: checkRunNode(context, run) };
    },
  },
  createCheckSuite: {
    need: WRITE,
    run: async (context, input) => {
      repositoryById(context.world, input.string("repositoryId"));
      const suite = await ensureSuite(context.world, appOf(context), input.string("headSha") ?? "");
      return { checkSuite: suiteNode(context, suite) };
    },
  },
};

function appOf({ actor }: GraphqlContext): AppAccount {
  if (actor.kind === "installation") return actor.app;
  throw new Refusal(403, "You must authenticate via a GitHub App.");
}

function checkInput(input: Fields): CheckRunInput {
  const output = input.object("output");
  return {
    name: input.string("name"),
    status: STATUSES[input.string("status") ?? ""],
    conclusion: CONCLUSIONS[input.string("conclusion") ?? ""],
    startedAt: input.instant("startedAt"),
    completedAt: input.instant("completedAt"),
    externalId: input.string("externalId"),
    detailsUrl: input.string("detailsUrl"),
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
