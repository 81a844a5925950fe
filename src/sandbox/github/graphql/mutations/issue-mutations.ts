/** Issues. */
import { closeThread } from "../../acts/close-thread.ts";
import { editThread } from "../../acts/edit-thread.ts";
import { setLabels } from "../../acts/labels.ts";
import { openIssue } from "../../acts/open-issue.ts";
import { reopenThread } from "../../acts/reopen-thread.ts";
import type { Fields } from "../../fields.ts";
import type { ThreadRecord } from "../../world/records.ts";
import { issueById, labelById, repositoryById } from "../find-by-id.ts";
import { actorNode } from "../nodes/account-node.ts";
import { issueNode } from "../nodes/thread-node.ts";
import type { Mutation } from "./mutation.ts";

const WRITE = { app: "issues:write", user: "write" } as const;

export const issueMutations: Readonly<Record<string, Mutation>> = {
  createIssue: {
    need: { app: "issues:write", user: "read" },
    run: (context, input) => {
      const { world, account } = context;
      repositoryById(world, input.string("repositoryId"));
      const labels = (input.strings("labelIds") ?? []).map((id) => labelById(world, id).name);
      const issue = openIssue(world, account, {
        title: input.string("title") ?? "",
        body: input.string("body") ?? null,
        labels,
      });
      return { issue: issueNode(context, issue) };
    },
  },
  updateIssue: {
    need: WRITE,
    run: async (context, input) => {
      const { world, account } = context;
      const issue = issueById(world, input.string("id"));
      await editThread(world, issue, account, { title: input.string("title"), body: input.string("body") });
      const labels = input.strings("labelIds")?.map((id) => labelById(world, id).name);
      if (labels !== undefined) await setLabels(world, issue, labels, account);
      if (input.string("state") === "CLOSED") await closeThread(world, issue, account, null);
      if (input.string("state") === "OPEN") await reopenThread(world, issue, account);
      return { issue: issueNode(context, issue), actor: actorNode(world, account) };
    },
  },
  closeIssue: {
    need: WRITE,
    run: async (context, input) => {
      const issue = issueById(context.world, input.string("issueId"));
      await closeThread(context.world, issue, context.account, stateReason(input));
      return { issue: issueNode(context, issue) };
    },
  },
  reopenIssue: {
    need: WRITE,
    run: async (context, input) => {
      const issue = issueById(context.world, input.string("issueId"));
      await reopenThread(context.world, issue, context.account);
      return { issue: issueNode(context, issue) };
    },
  },
};

function stateReason(input: Fields): ThreadRecord["stateReason"] {
  const reason = input.word("stateReason", ["COMPLETED", "NOT_PLANNED", "DUPLICATE"]);
  if (reason === "NOT_PLANNED") return "not_planned";
  return reason === "DUPLICATE" ? "duplicate" : "completed";
}
