/** Issues; pull requests are issues too, here. */
import { assign } from "../acts/assign.ts";
import { closeThread } from "../acts/close-thread.ts";
import { editThread } from "../acts/edit-thread.ts";
import { setLabels } from "../acts/labels.ts";
import { openIssue } from "../acts/open-issue.ts";
import { reopenThread } from "../acts/reopen-thread.ts";
import type { Fields } from "../fields.ts";
import { presentAccount } from "../present/present-account.ts";
import { presentIssue } from "../present/present-thread.ts";
import type { AnyThread } from "../world/records.ts";
import { Refusal } from "../world/refusal.ts";
import { findThread } from "./find.ts";
import { created, noContent, ok, page, type RestCall, type RestRoute } from "./rest-route.ts";

export const READ_ISSUES = { app: "issues:read|pull_requests:read", user: "read" } as const;
export const WRITE_ISSUES = { app: "issues:write|pull_requests:write", user: "read" } as const;

export const issues: readonly RestRoute[] = [
  { operation: "issues/list-for-repo", need: READ_ISSUES, handle: list },
  {
    operation: "issues/get",
    need: READ_ISSUES,
    handle: (call) => ok(withCloser(call, findThread(call))),
  },
  {
    operation: "issues/create",
    need: { app: "issues:write", user: "read" },
    handle: (call) => {
      const { world, account, body } = call;
      // Labels from someone who may not push are silently dropped.
      const labels = account.role === "read" ? [] : labelNames(body);
      const title = body.string("title") ?? String(body.raw("title") ?? "");
      const issue = openIssue(world, account, { title, body: body.string("body") ?? null, labels });
      return created(withCloser(call, issue));
    },
  },
  { operation: "issues/update", need: WRITE_ISSUES, handle: update },
  {
    operation: "issues/lock",
    need: { app: "issues:write|pull_requests:write", user: "write" },
    handle: (call) => {
      const thread = findThread(call);
      thread.locked ??= { reason: call.body.string("lock_reason") ?? null };
      return noContent;
    },
  },
  {
    operation: "issues/unlock",
    need: { app: "issues:write|pull_requests:write", user: "write" },
    handle: (call) => {
      findThread(call).locked = undefined;
      return noContent;
    },
  },
];

function list(call: RestCall) {
  const { world, query } = call;
  const state = query.string("state") ?? "open";
  const labels = (query.string("labels") ?? "").split(",").filter((name) => name !== "");
  const creator = query.string("creator");
  const since = query.instant("since") ?? 0;
  const chosen = world.threads.filter(
    (thread) =>
      (state === "all" || thread.state === state) &&
      labels.every((name) => thread.labels.includes(name)) &&
      (creator === undefined || thread.author.login === creator) &&
      thread.updatedAt >= since,
  );
  const key = query.string("sort") === "updated" ? "updatedAt" : "createdAt";
  const down = (query.string("direction") ?? "desc") === "desc";
  chosen.sort((a, b) => (a[key] - b[key] || a.number - b.number) * (down ? -1 : 1));
  return page(
    call,
    chosen.map((thread) => presentIssue(world, thread)),
  );
}

async function update(call: RestCall) {
  const { world, account, body } = call;
  const thread = findThread(call);
  if (account.role === "read" && thread.author !== account) throw Refusal.notFound();
  const text = body.has("body") ? (body.string("body") ?? null) : undefined;
  await editThread(world, thread, account, { title: body.string("title"), body: text });
  if (body.has("assignees")) assign(world, thread, assigneeNames(body), account);
  if (body.has("labels")) await setLabels(world, thread, labelNames(body), account);
  if (body.string("state") === "closed") {
    const reason = body.word("state_reason", ["completed", "not_planned", "duplicate"]) ?? null;
    await closeThread(world, thread, account, reason);
  }
  if (body.string("state") === "open") await reopenThread(world, thread, account);
  return ok(withCloser(call, thread));
}

function withCloser({ world }: RestCall, thread: AnyThread) {
  const closer = thread.closed === undefined ? null : presentAccount(world, thread.closed.by);
  return { ...presentIssue(world, thread), closed_by: closer };
}

export function labelNames(body: Fields): string[] {
  return namesIn(body, "labels", "name");
}

function assigneeNames(body: Fields): string[] {
  return namesIn(body, "assignees", "login");
}

/** GitHub takes names, and objects that hold one. */
function namesIn(body: Fields, list: string, key: string): string[] {
  return (body.list(list) ?? []).flatMap((item) => {
    if (typeof item === "string") return [item];
    const name = typeof item === "object" && item !== null ? new Map(Object.entries(item)).get(key) : undefined;
    return typeof name === "string" ? [name] : [];
  });
}
