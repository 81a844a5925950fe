/** Issues, comments, labels and reactions in REST's form. */
import type { Account } from "../world/accounts.ts";
import { nodeId } from "../world/node-id.ts";
import type { AnyThread, CommentRecord, LabelRecord, ReactionRecord } from "../world/records.ts";
import type { World } from "../world/world.ts";
import { iso } from "./iso.ts";
import { presentAccount } from "./present-account.ts";

const CONTENTS = ["+1", "-1", "laugh", "hooray", "confused", "heart", "rocket", "eyes"] as const;

export function presentIssue(world: World, thread: AnyThread) {
  const url = `${world.apiUrl}/issues/${thread.number}`;
  const html = `${world.htmlUrl}/${thread.kind === "pull" ? "pull" : "issues"}/${thread.number}`;
  const pull = `${world.apiUrl}/pulls/${thread.number}`;
  return {
    id: thread.id,
    node_id: nodeId(thread.kind, thread.id),
    url,
    repository_url: world.apiUrl,
    labels_url: `${url}/labels{/name}`,
    comments_url: `${url}/comments`,
    events_url: `${url}/events`,
    html_url: html,
    number: thread.number,
    state: thread.state,
    state_reason: thread.kind === "issue" ? thread.stateReason : null,
    title: thread.title,
    body: thread.body,
    user: presentAccount(world, thread.author),
    labels: presentLabels(world, thread),
    assignee: thread.assignees[0] === undefined ? null : presentAccount(world, thread.assignees[0]),
    assignees: thread.assignees.map((account) => presentAccount(world, account)),
    milestone: null,
    locked: thread.locked !== undefined,
    active_lock_reason: thread.locked?.reason ?? null,
    comments: thread.comments.length,
    closed_at: thread.closed === undefined ? null : iso(thread.closed.at),
    created_at: iso(thread.createdAt),
    updated_at: iso(thread.updatedAt),
    author_association: association(world, thread.author),
    reactions: presentReactionRollup(url, thread.reactions),
    timeline_url: `${url}/timeline`,
    performed_via_github_app: null,
    ...(thread.kind === "pull"
      ? {
          draft: thread.draft,
          pull_request: {
            url: pull,
            html_url: html,
            diff_url: `${html}.diff`,
            patch_url: `${html}.patch`,
            merged_at: thread.merged === undefined ? null : iso(thread.merged.at),
          },
        }
      : {}),
  };
}

export function presentComment(world: World, thread: AnyThread, comment: CommentRecord) {
  const url = `${world.apiUrl}/issues/comments/${comment.id}`;
  const html = `${world.htmlUrl}/${thread.kind === "pull" ? "pull" : "issues"}/${thread.number}`;
  return {
    id: comment.id,
    node_id: nodeId("comment", comment.id),
    url,
    html_url: `${html}#issuecomment-${comment.id}`,
    issue_url: `${world.apiUrl}/issues/${thread.number}`,
    user: presentAccount(world, comment.author),
    body: comment.body,
    created_at: iso(comment.createdAt),
    updated_at: iso(comment.updatedAt),
    author_association: association(world, comment.author),
    reactions: presentReactionRollup(url, comment.reactions),
    performed_via_github_app: null,
  };
}

export function presentLabels(world: World, thread: AnyThread) {
  return world.labels.filter((label) => thread.labels.includes(label.name)).map((label) => presentLabel(world, label));
}

export function presentLabel(world: World, label: LabelRecord) {
  return {
    id: label.id,
    node_id: nodeId("label", label.id),
    url: `${world.apiUrl}/labels/${encodeURIComponent(label.name)}`,
    name: label.name,
    color: label.color,
    default: false,
    description: label.description,
  };
}

export function presentReaction(world: World, reaction: ReactionRecord) {
  return {
    id: reaction.id,
    node_id: nodeId("reaction", reaction.id),
    user: presentAccount(world, reaction.author),
    content: reaction.content,
    created_at: iso(reaction.at),
  };
}

/** How GitHub relates an author to a repository. Private members of an organization show as CONTRIBUTOR: never an authority. */
export function association(world: World, account: Account): string {
  if (account.type === "Bot") return account === world.remit.bot ? "CONTRIBUTOR" : "NONE";
  if (account.role === "admin") return "MEMBER";
  return account.role === "none" ? "NONE" : "COLLABORATOR";
}

function presentReactionRollup(url: string, reactions: readonly ReactionRecord[]) {
  const counts = CONTENTS.map((content) => [content, reactions.filter((item) => item.content === content).length]);
  return { url: `${url}/reactions`, total_count: reactions.length, ...Object.fromEntries(counts) };
}
