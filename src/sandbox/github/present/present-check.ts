/** Check runs, check suites and commit statuses in REST's form. */
import { checkSuiteState } from "../acts/check-suite-state.ts";
import type { CommitFacts } from "../git/parse-commit.ts";
import { nodeId } from "../world/node-id.ts";
import type { CheckRunRecord, CheckSuiteRecord, PullRecord, StatusRecord } from "../world/records.ts";
import type { World } from "../world/world.ts";
import { iso } from "./iso.ts";
import { presentAccount } from "./present-account.ts";
import { presentApp } from "./present-app.ts";
import { presentHeadCommit } from "./present-commit.ts";
import { presentMinimalRepository } from "./present-repository.ts";

export function presentCheckRun(world: World, run: CheckRunRecord) {
  const url = `${world.apiUrl}/check-runs/${run.id}`;
  const html = `${world.htmlUrl}/runs/${run.id}`;
  return {
    id: run.id,
    node_id: nodeId("checkRun", run.id),
    head_sha: run.suite.head,
    external_id: run.externalId,
    url,
    html_url: html,
    details_url: run.detailsUrl ?? html,
    status: run.status,
    conclusion: run.conclusion,
    started_at: run.startedAt === null ? null : iso(run.startedAt),
    completed_at: run.completedAt === null ? null : iso(run.completedAt),
    output: { ...run.output, annotations_count: 0, annotations_url: `${url}/annotations` },
    name: run.name,
    check_suite: { id: run.suite.id },
    app: presentApp(world, run.suite.app),
    pull_requests: pullsOf(world, run.suite.head),
  };
}

export function presentCheckSuite(world: World, suite: CheckSuiteRecord, commit: CommitFacts) {
  const url = `${world.apiUrl}/check-suites/${suite.id}`;
  return {
    ...presentSuiteFacts(world, suite),
    url,
    after: suite.head,
    app: presentApp(world, suite.app),
    repository: presentMinimalRepository(world),
    head_commit: presentHeadCommit(commit),
    latest_check_runs_count: world.checkRuns.filter((run) => run.suite === suite).length,
    check_runs_url: `${url}/check-runs`,
  };
}

export function presentSuiteFacts(world: World, suite: CheckSuiteRecord) {
  const { status, conclusion } = checkSuiteState(world, suite);
  return {
    id: suite.id,
    node_id: nodeId("checkSuite", suite.id),
    head_branch: suite.branch,
    head_sha: suite.head,
    status,
    conclusion,
    before: suite.before,
    pull_requests: pullsOf(world, suite.head),
    created_at: iso(suite.createdAt),
    updated_at: iso(suite.updatedAt),
  };
}

export function presentStatus(world: World, status: StatusRecord) {
  return {
    url: `${world.apiUrl}/statuses/${status.head}`,
    avatar_url: `${world.url}/avatars/${status.creator.id}`,
    id: status.id,
    node_id: nodeId("status", status.id),
    state: status.state,
    description: status.description,
    target_url: status.targetUrl,
    context: status.context,
    created_at: iso(status.at),
    updated_at: iso(status.at),
  };
}

export function presentStatusWithCreator(world: World, status: StatusRecord) {
  return { ...presentStatus(world, status), creator: presentAccount(world, status.creator) };
}

function pullsOf(world: World, head: string) {
  return world.pulls
    .filter((pull) => pull.head === head && pull.state === "open")
    .map((pull) => reference(world, pull));
}

function reference(world: World, pull: PullRecord) {
  const repo = { id: world.repositoryId, url: world.apiUrl, name: world.name };
  return {
    id: pull.id,
    number: pull.number,
    url: `${world.apiUrl}/pulls/${pull.number}`,
    head: { ref: pull.headRef, sha: pull.head, repo },
    base: { ref: pull.baseRef, sha: pull.base, repo },
  };
}
