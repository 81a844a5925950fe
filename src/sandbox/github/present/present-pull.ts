/** Pull requests and their reviews in REST's form. */
import type { Mergeability } from "../acts/mergeability.ts";
import { nodeId } from "../world/node-id.ts";
import type { PullRecord, ReviewRecord } from "../world/records.ts";
import type { World } from "../world/world.ts";
import { iso } from "./iso.ts";
import { presentAccount } from "./present-account.ts";
import { presentRepository } from "./present-repository.ts";
import { association, presentLabels } from "./present-thread.ts";

/** Facts that cost git a look. */
export interface PullSize {
  readonly commits: number;
  readonly additions: number;
  readonly deletions: number;
  readonly changedFiles: number;
}

/** As in lists. */
export function presentSimplePull(world: World, pull: PullRecord) {
  const url = `${world.apiUrl}/pulls/${pull.number}`;
  const issue = `${world.apiUrl}/issues/${pull.number}`;
  const html = `${world.htmlUrl}/pull/${pull.number}`;
  const urls = {
    commits_url: `${url}/commits`,
    review_comments_url: `${url}/comments`,
    review_comment_url: `${world.apiUrl}/pulls/comments{/number}`,
    comments_url: `${issue}/comments`,
    statuses_url: `${world.apiUrl}/statuses/${pull.head}`,
  };
  return {
    id: pull.id,
    node_id: nodeId("pull", pull.id),
    url,
    html_url: html,
    diff_url: `${html}.diff`,
    patch_url: `${html}.patch`,
    issue_url: issue,
    ...urls,
    number: pull.number,
    state: pull.state,
    locked: pull.locked !== undefined,
    active_lock_reason: pull.locked?.reason ?? null,
    title: pull.title,
    user: presentAccount(world, pull.author),
    body: pull.body,
    labels: presentLabels(world, pull),
    milestone: null,
    created_at: iso(pull.createdAt),
    updated_at: iso(pull.updatedAt),
    closed_at: pull.closed === undefined ? null : iso(pull.closed.at),
    merged_at: pull.merged === undefined ? null : iso(pull.merged.at),
    merge_commit_sha: pull.merged?.commit ?? null,
    assignee: pull.assignees[0] === undefined ? null : presentAccount(world, pull.assignees[0]),
    assignees: pull.assignees.map((account) => presentAccount(world, account)),
    requested_reviewers: [],
    requested_teams: [],
    head: presentSide(world, pull.headRef, pull.head),
    base: presentSide(world, pull.baseRef, pull.base),
    _links: {
      self: { href: url },
      html: { href: html },
      issue: { href: issue },
      comments: { href: urls.comments_url },
      review_comments: { href: urls.review_comments_url },
      review_comment: { href: urls.review_comment_url },
      commits: { href: urls.commits_url },
      statuses: { href: urls.statuses_url },
    },
    author_association: association(world, pull.author),
    auto_merge:
      pull.autoMerge === undefined
        ? null
        : {
            enabled_by: presentAccount(world, pull.autoMerge.by),
            merge_method: pull.autoMerge.method,
            commit_title: pull.autoMerge.headline ?? "",
            commit_message: pull.autoMerge.body ?? "",
          },
    draft: pull.draft,
  };
}

export function presentPull(world: World, pull: PullRecord, merge: Mergeability, size: PullSize) {
  return {
    ...presentSimplePull(world, pull),
    merged: pull.merged !== undefined,
    mergeable: merge.mergeable === "UNKNOWN" ? null : merge.mergeable === "MERGEABLE",
    rebaseable: merge.mergeable === "UNKNOWN" ? null : merge.mergeable === "MERGEABLE",
    mergeable_state: merge.state.toLowerCase(),
    merged_by: pull.merged === undefined ? null : presentAccount(world, pull.merged.by),
    comments: pull.comments.length,
    review_comments: 0,
    maintainer_can_modify: false,
    commits: size.commits,
    additions: size.additions,
    deletions: size.deletions,
    changed_files: size.changedFiles,
  };
}

export function presentReview(world: World, pull: PullRecord, review: ReviewRecord) {
  const html = `${world.htmlUrl}/pull/${pull.number}#pullrequestreview-${review.id}`;
  const url = `${world.apiUrl}/pulls/${pull.number}`;
  return {
    id: review.id,
    node_id: nodeId("review", review.id),
    user: presentAccount(world, review.author),
    body: review.body,
    state: review.state,
    html_url: html,
    pull_request_url: url,
    author_association: association(world, review.author),
    _links: { html: { href: html }, pull_request: { href: url } },
    submitted_at: iso(review.at),
    commit_id: review.commit,
  };
}

function presentSide(world: World, ref: string, sha: string) {
  return {
    label: `${world.owner}:${ref}`,
    ref,
    sha,
    user: presentAccount(world, world.organization),
    repo: presentRepository(world),
  };
}
