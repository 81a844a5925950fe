/** Pull requests. */
import { closeThread } from "../acts/close-thread.ts";
import { editThread } from "../acts/edit-thread.ts";
import { mergePull } from "../acts/merge-pull.ts";
import { readMergeability } from "../acts/mergeability.ts";
import { openPull } from "../acts/open-pull.ts";
import { pullContent, pullSize } from "../acts/pull-content.ts";
import { reopenThread } from "../acts/reopen-thread.ts";
import { updateBranch } from "../acts/update-branch.ts";
import { presentCommit, presentFile } from "../present/present-commit.ts";
import { presentPull, presentSimplePull } from "../present/present-pull.ts";
import type { PullRecord } from "../world/records.ts";
import { Refusal } from "../world/refusal.ts";
import type { World } from "../world/world.ts";
import { findPull } from "./find.ts";
import { created, noContent, ok, page, type RestCall, type RestRoute } from "./rest-route.ts";

const READ = { app: "pull_requests:read", user: "read" } as const;
const WRITE = { app: "pull_requests:write", user: "read" } as const;

export const pulls: readonly RestRoute[] = [
  { operation: "pulls/list", need: READ, handle: list },
  { operation: "pulls/get", need: READ, handle: async (call) => ok(await shown(call.world, findPull(call))) },
  {
    operation: "pulls/create",
    need: WRITE,
    handle: async ({ world, account, body }) => {
      const pull = await openPull(world, account, {
        title: body.string("title") ?? "",
        body: body.string("body") ?? null,
        head: body.string("head") ?? "",
        base: body.string("base") ?? "",
        draft: body.boolean("draft") ?? false,
      });
      return created(await shown(world, pull));
    },
  },
  { operation: "pulls/update", need: WRITE, handle: update },
  { operation: "pulls/merge", need: { app: "contents:write", user: "write" }, handle: merge },
  {
    operation: "pulls/check-if-merged",
    need: READ,
    handle: (call) => {
      if (findPull(call).merged === undefined) throw Refusal.notFound();
      return noContent;
    },
  },
  {
    operation: "pulls/update-branch",
    need: WRITE,
    handle: async (call) => {
      const pull = findPull(call);
      await updateBranch(call.world, call.account, pull, call.body.string("expected_head_sha"));
      return {
        status: 202,
        body: { message: "Updating pull request branch.", url: `${call.world.htmlUrl}/pull/${pull.number}` },
      };
    },
  },
  {
    operation: "pulls/list-files",
    need: READ,
    handle: async (call) => {
      const pull = findPull(call);
      const { files } = await pullContent(call.world, pull);
      return page(
        call,
        files.map((file) => presentFile(call.world, file, pull.head)),
      );
    },
  },
  {
    operation: "pulls/list-commits",
    need: READ,
    handle: async (call) => {
      const { commits } = await pullContent(call.world, findPull(call));
      const facts = await Promise.all(commits.map((oid) => call.world.git.commit(oid)));
      return page(
        call,
        facts.map((commit) => presentCommit(call.world, commit)),
      );
    },
  },
];

function list(call: RestCall) {
  const { world, query } = call;
  const state = query.string("state") ?? "open";
  const head = query.string("head")?.replace(`${world.owner}:`, "");
  const base = query.string("base");
  const chosen = world.pulls.filter(
    (pull) =>
      (state === "all" || pull.state === state) &&
      (head === undefined || pull.headRef === head) &&
      (base === undefined || pull.baseRef === base),
  );
  const key = query.string("sort") === "updated" ? "updatedAt" : "createdAt";
  const down = (query.string("direction") ?? "desc") === "desc";
  chosen.sort((a, b) => (a[key] - b[key] || a.number - b.number) * (down ? -1 : 1));
  return page(
    call,
    chosen.map((pull) => presentSimplePull(world, pull)),
  );
}

async function update(call: RestCall) {
  const { world, account, body } = call;
  const pull = findPull(call);
  if (account.role === "read" && pull.author !== account) throw Refusal.notFound();
  const text = body.has("body") ? (body.string("body") ?? null) : undefined;
  await editThread(world, pull, account, { title: body.string("title"), body: text });
  if (body.string("state") === "closed") await closeThread(world, pull, account, null);
  if (body.string("state") === "open") await reopenThread(world, pull, account);
  return ok(await shown(world, pull));
}

async function merge(call: RestCall) {
  const { world, account, body } = call;
  const sha = await mergePull(world, account, findPull(call), {
    method: body.word("merge_method", ["merge", "squash", "rebase"]) ?? "merge",
    head: body.string("sha"),
    title: body.string("commit_title"),
    message: body.string("commit_message"),
  });
  return ok({ sha, merged: true, message: "Pull Request successfully merged" });
}

async function shown(world: World, pull: PullRecord) {
  return presentPull(world, pull, await readMergeability(world, pull), await pullSize(world, pull));
}
