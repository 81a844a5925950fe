/** GitHub's webhook events: a deployment status tells of a revision, everything else only says where to look again. */
import { z } from "zod";
import type { Instant } from "../clock.ts";
import { commitId } from "./commit-id.ts";
import { mentionsCommand } from "./mentions-command.ts";
import { readPayload } from "./read-payload.ts";
import type { PullSignal, RepositorySignal, Signal, SyncSignal } from "./signal.ts";

/** The events that Remit subscribes to. Others are acknowledged and forgotten. */
export const githubEvents: ReadonlySet<string> = new Set([
  "check_run",
  "check_suite",
  "deployment_status",
  "installation",
  "installation_repositories",
  "issue_comment",
  "issues",
  "merge_group",
  "pull_request",
  "pull_request_review",
  "push",
  "status",
]);

const named = z.object({ full_name: z.string().max(200) });

const common = z.object({
  action: z.string().max(100).optional(),
  repository: named.optional(),
  /** installation, installation_repositories. */
  repositories: z.array(named).optional(),
  repositories_added: z.array(named).optional(),
  sender: z.object({ login: z.string().max(200) }).optional(),
});

const deploymentStatus = z.object({
  deployment_status: z.object({ state: z.string(), created_at: z.string().max(40).optional() }),
  deployment: z.object({ sha: z.string(), environment: z.string().max(500) }),
  repository: named,
});

const states = new Map<string, Pick<SyncSignal, "phase" | "health">>([
  ["success", { phase: "applied", health: "healthy" }],
  ["failure", { phase: "failed", health: "degraded" }],
  ["error", { phase: "failed", health: "degraded" }],
  ["in_progress", { phase: "progressing", health: "progressing" }],
  ["pending", { phase: "progressing", health: "progressing" }],
  ["queued", { phase: "progressing", health: "progressing" }],
]);

/** `event` is X-GitHub-Event. Throws RemitError payload-invalid with the path of the wrong key. */
export function githubSignals(event: string, body: unknown, observedAt: Instant): readonly Signal[] {
  if (event === "deployment_status") {
    const sync = syncOf(body, observedAt);
    if (sync !== undefined) return [sync];
  }
  const { action, repository, repositories, repositories_added, sender } = readPayload(common, body);
  const named = repository === undefined ? [...(repositories ?? []), ...(repositories_added ?? [])] : [repository];
  const pull = event === "pull_request" || event === "merge_group" ? pullOf(event, body, observedAt) : undefined;
  const comment = event === "issue_comment" ? commentOf(body) : undefined;
  const switches = event === "issues" ? switchesOf(body) : undefined;
  const moved = named.map(
    ({ full_name }): RepositorySignal => ({
      kind: "repository",
      source: "github",
      repository: full_name,
      event,
      action,
      sender: sender?.login,
      ...(comment === undefined ? {} : { comment }),
      ...(switches === undefined ? {} : { switches }),
      observedAt,
    }),
  );
  return pull === undefined ? moved : [...moved, pull];
}

const personsComment = z.object({
  action: z.literal("created"),
  issue: z.object({ number: z.number().int().positive() }),
  comment: z.object({
    body: z.string(),
    created_at: z.string().max(40),
    user: z.object({ type: z.literal("User") }),
  }),
});

/** Only where to look: the text itself is read from GitHub, where it can be seen who wrote it. */
function commentOf(body: unknown): RepositorySignal["comment"] {
  const { data } = personsComment.safeParse(body);
  const at = Date.parse(data?.comment.created_at ?? "");
  if (data === undefined || Number.isNaN(at) || !mentionsCommand(data.comment.body)) return undefined;
  return { on: data.issue.number, at };
}

const label = z.object({ name: z.string().max(200) });
/** `label`: the one that came or went. */
const labelled = z.object({ label: label.optional(), issue: z.object({ labels: z.array(label).catch([]) }) });

function switchesOf(body: unknown): RepositorySignal["switches"] {
  const { data } = labelled.safeParse(body);
  const names = [...(data?.issue.labels ?? []), ...(data?.label === undefined ? [] : [data.label])].map(
    ({ name }) => name,
  );
  if (names.includes("remit:stop")) return "stop";
  return names.includes("remit:dashboard") ? "dashboard" : undefined;
}

const node = { repository: named.extend({ node_id: z.string().max(200) }) };
const pullRequest = z.object({
  ...node,
  action: z.enum(["opened", "synchronize", "reopened", "edited"]),
  changes: z.object({ base: z.unknown() }).optional(),
  pull_request: z.object({
    base: z.object({ sha: z.string(), ref: z.string().max(300) }),
    head: z.object({ sha: z.string(), ref: z.string().max(300).optional().catch(undefined) }),
    user: z.object({ login: z.string().max(200) }).nullish(),
  }),
});
const mergeGroup = z.object({
  ...node,
  action: z.literal("checks_requested"),
  merge_group: z.object({ head_sha: z.string(), base_sha: z.string() }),
});

/** undefined for news that change no commit. */
function pullOf(event: string, body: unknown, observedAt: Instant): PullSignal | undefined {
  const read = event === "merge_group" ? commitsOfGroup(body) : commitsOfPull(body);
  const [base, head] = [commitId(read?.base), commitId(read?.head)];
  if (read === undefined || base === undefined || head === undefined) return undefined;
  const { repository, baseBranch, headBranch, author } = read;
  const place = { repository: repository.full_name, repositoryId: repository.node_id };
  return { kind: "pull", source: "github", ...place, base, baseBranch, head, headBranch, author, observedAt };
}

function commitsOfPull(body: unknown) {
  const { success, data } = pullRequest.safeParse(body);
  if (!success || (data.action === "edited" && data.changes?.base === undefined)) return undefined;
  const { base, head, user } = data.pull_request;
  const branches = { baseBranch: base.ref, headBranch: head.ref };
  return { repository: data.repository, base: base.sha, head: head.sha, ...branches, author: user?.login };
}

function commitsOfGroup(body: unknown) {
  const { success, data } = mergeGroup.safeParse(body);
  if (!success) return undefined;
  const { base_sha: base, head_sha: head } = data.merge_group;
  return { repository: data.repository, base, head, baseBranch: undefined, headBranch: undefined, author: undefined };
}

/** Undefined for a state that says nothing of the revision, such as `inactive`. */
function syncOf(body: unknown, observedAt: Instant): SyncSignal | undefined {
  const { deployment, deployment_status, repository } = readPayload(deploymentStatus, body);
  const revision = commitId(deployment.sha);
  const state = states.get(deployment_status.state);
  if (revision === undefined || state === undefined) return undefined;
  return {
    kind: "sync",
    source: "github",
    repository: repository.full_name,
    controller: "github-deployment",
    // A GitHub deployment has no name of its own but its environment's.
    application: deployment.environment,
    namespace: undefined,
    environment: deployment.environment,
    revision,
    ...state,
    ...endOf(deployment_status),
    observedAt,
  };
}

interface Status {
  readonly state: string;
  readonly created_at?: string | undefined;
}

function endOf({ state, created_at = "" }: Status): Pick<SyncSignal, "deployment"> {
  const createdAt = Date.parse(created_at);
  if (Number.isNaN(createdAt)) return {};
  return state === "success" || state === "failure" || state === "error" ? { deployment: { state, createdAt } } : {};
}
