/** The repository itself, its people, branches and commits. */
import { presentAccount } from "../present/present-account.ts";
import { presentCommit, presentFile } from "../present/present-commit.ts";
import { presentSimplePull } from "../present/present-pull.ts";
import { presentFullRepository } from "../present/present-repository.ts";
import { type Account, people } from "../world/accounts.ts";
import { Refusal } from "../world/refusal.ts";
import type { World } from "../world/world.ts";
import { findCommit, found } from "./find.ts";
import { noContent, ok, page, type RestCall, type RestRoute } from "./rest-route.ts";

const READ = { app: "contents:read", user: "read" } as const;

export const repository: readonly RestRoute[] = [
  {
    operation: "repos/get",
    need: { app: "metadata:read", user: "read" },
    handle: ({ world, account, actor }) => {
      const permissions = actor.kind === "user" ? { permissions: permissionsOf(account) } : {};
      return ok({ ...presentFullRepository(world), ...permissions });
    },
  },
  {
    operation: "repos/get-collaborator-permission-level",
    need: { app: "metadata:read", user: "write" },
    handle: ({ world, params }) => {
      const person = found(people.find((account) => account.login === params.string("username")));
      const role = person.role;
      return ok({
        permission: role,
        role_name: role,
        user: { ...presentAccount(world, person), permissions: permissionsOf(person), role_name: role },
      });
    },
  },
  {
    operation: "repos/check-collaborator",
    need: { app: "metadata:read", user: "write" },
    handle: ({ params }) => {
      found(people.find((account) => account.login === params.string("username") && account.role !== "none"));
      return noContent;
    },
  },
  { operation: "repos/list-branches", need: READ, handle: listBranches },
  { operation: "repos/get-branch", need: READ, handle: getBranch },
  {
    operation: "repos/get-branch-rules",
    need: { app: "metadata:read", user: "read" },
    handle: (call) =>
      page(call, call.params.string("branch") === call.world.defaultBranch ? branchRules(call.world) : []),
  },
  { operation: "repos/get-branch-protection", need: { app: "administration:read", user: "admin" }, handle: protection },
  {
    operation: "repos/list-commits",
    need: READ,
    handle: async (call) => {
      const head = await findCommit(call.world, call.query.string("sha") ?? call.world.defaultBranch);
      const ids = await call.world.git.log(head.oid, 1000, call.query.string("path"));
      const answer = page(call, ids);
      const shown = Array.isArray(answer.body) ? answer.body : [];
      const body = await Promise.all(
        shown.map(async (oid) => presentCommit(call.world, await call.world.git.commit(oid))),
      );
      return { ...answer, body };
    },
  },
  {
    operation: "repos/get-commit",
    need: READ,
    handle: async ({ world, params }) => {
      const commit = await findCommit(world, params.string("ref") ?? "");
      const parent = commit.parents[0];
      const files = parent === undefined ? [] : await world.git.diff(parent, commit.oid);
      const additions = files.reduce((sum, file) => sum + file.additions, 0);
      const deletions = files.reduce((sum, file) => sum + file.deletions, 0);
      return ok({
        ...presentCommit(world, commit),
        stats: { additions, deletions, total: additions + deletions },
        files: files.map((file) => presentFile(world, file, commit.oid)),
      });
    },
  },
  { operation: "repos/compare-commits-with-basehead", need: READ, handle: compare },
  {
    operation: "repos/list-pull-requests-associated-with-commit",
    need: { app: "pull_requests:read", user: "read" },
    handle: async (call) => {
      const commit = await findCommit(call.world, call.params.string("commit_sha") ?? "");
      const pulls = [];
      for (const pull of call.world.pulls) {
        const ids = await call.world.git.commitsBetween(pull.base, pull.head);
        if (ids.includes(commit.oid) || pull.merged?.commit === commit.oid)
          pulls.push(presentSimplePull(call.world, pull));
      }
      return page(call, pulls);
    },
  },
];

function permissionsOf(account: Account) {
  const write = account.role === "admin" || account.role === "write";
  return {
    admin: account.role === "admin",
    maintain: account.role === "admin",
    push: write,
    triage: write,
    pull: account.role !== "none",
  };
}

async function listBranches(call: RestCall) {
  const { world } = call;
  const branches = [...(await world.git.refs())].map(([ref, sha]) => ({
    name: ref.slice("refs/heads/".length),
    commit: { sha, url: `${world.apiUrl}/commits/${sha}` },
    protected: ref === world.defaultRef,
  }));
  return page(call, branches);
}

async function getBranch({ world, params }: RestCall) {
  const name = params.string("branch") ?? "";
  const head = await world.git.readRef(`refs/heads/${name}`);
  if (head === undefined) throw new Refusal(404, "Branch not found");
  const isProtected = name === world.defaultBranch;
  const url = `${world.apiUrl}/branches/${name}`;
  return ok({
    name,
    commit: presentCommit(world, await world.git.commit(head)),
    _links: { self: url, html: `${world.htmlUrl}/tree/${name}` },
    protected: isProtected,
    protection: {
      enabled: isProtected,
      required_status_checks: {
        enforcement_level: isProtected ? "non_admins" : "off",
        contexts: isProtected ? [...world.rules.requiredChecks] : [],
        checks: isProtected ? world.rules.requiredChecks.map((context) => ({ context, app_id: null })) : [],
      },
    },
    protection_url: `${url}/protection`,
  });
}

function branchRules(world: World) {
  const source = { ruleset_source_type: "Repository", ruleset_source: world.fullName, ruleset_id: 4_200_001 };
  const checks = world.rules.requiredChecks.map((context) => ({ context }));
  const rules = [];
  if (checks.length > 0) {
    rules.push({
      type: "required_status_checks",
      parameters: { required_status_checks: checks, strict_required_status_checks_policy: world.rules.strict },
      ...source,
    });
  }
  if (world.rules.requiredReviews > 0) {
    rules.push({
      type: "pull_request",
      parameters: {
        dismiss_stale_reviews_on_push: world.rules.dismissStaleReviews,
        require_code_owner_review: false,
        require_last_push_approval: false,
        required_approving_review_count: world.rules.requiredReviews,
        required_review_thread_resolution: false,
      },
      ...source,
    });
  }
  return rules;
}

function protection({ world, params }: RestCall) {
  if (params.string("branch") !== world.defaultBranch) throw new Refusal(404, "Branch not protected");
  const url = `${world.apiUrl}/branches/${world.defaultBranch}/protection`;
  return ok({
    url,
    required_status_checks: {
      url: `${url}/required_status_checks`,
      strict: world.rules.strict,
      contexts: [...world.rules.requiredChecks],
      contexts_url: `${url}/required_status_checks/contexts`,
      checks: world.rules.requiredChecks.map((context) => ({ context, app_id: null })),
    },
    enforce_admins: { url: `${url}/enforce_admins`, enabled: false },
  });
}

async function compare(call: RestCall) {
  const { world } = call;
  const [from = "", to = ""] = (call.params.string("basehead") ?? "")
    .split("...")
    .map((side) => side.replace(`${world.owner}:`, ""));
  const base = await findCommit(world, from).catch(() => found<never>(undefined));
  const head = await findCommit(world, to).catch(() => found<never>(undefined));
  const merge = found(await world.git.mergeBase(base.oid, head.oid));
  const ahead = await world.git.commitsBetween(base.oid, head.oid);
  const behind = await world.git.commitsBetween(head.oid, base.oid);
  const files = await world.git.diff(merge, head.oid);
  const html = `${world.htmlUrl}/compare/${from}...${to}`;
  const status =
    ahead.length === 0 ? (behind.length === 0 ? "identical" : "behind") : behind.length === 0 ? "ahead" : "diverged";
  return ok({
    url: `${world.apiUrl}/compare/${from}...${to}`,
    html_url: html,
    permalink_url: `${world.htmlUrl}/compare/${base.oid}...${head.oid}`,
    diff_url: `${html}.diff`,
    patch_url: `${html}.patch`,
    base_commit: presentCommit(world, base),
    merge_base_commit: presentCommit(world, await world.git.commit(merge)),
    status,
    ahead_by: ahead.length,
    behind_by: behind.length,
    total_commits: ahead.length,
    commits: await Promise.all(ahead.slice(-250).map(async (oid) => presentCommit(world, await world.git.commit(oid)))),
    files: files.map((file) => presentFile(world, file, head.oid)),
  });
}
