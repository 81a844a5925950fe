/** The repository in REST's "minimal" and "full" forms. */
import { nodeId } from "../world/node-id.ts";
import type { World } from "../world/world.ts";
import { iso } from "./iso.ts";
import { presentAccount } from "./present-account.ts";

export function presentMinimalRepository(world: World) {
  const url = world.apiUrl;
  return {
    id: world.repositoryId,
    node_id: nodeId("repository", world.repositoryId),
    name: world.name,
    full_name: world.fullName,
    owner: presentAccount(world, world.organization),
    private: true,
    html_url: world.htmlUrl,
    description: null,
    fork: world.fork,
    url,
    archive_url: `${url}/{archive_format}{/ref}`,
    assignees_url: `${url}/assignees{/user}`,
    blobs_url: `${url}/git/blobs{/sha}`,
    branches_url: `${url}/branches{/branch}`,
    collaborators_url: `${url}/collaborators{/collaborator}`,
    comments_url: `${url}/comments{/number}`,
    commits_url: `${url}/commits{/sha}`,
    compare_url: `${url}/compare/{base}...{head}`,
    contents_url: `${url}/contents/{+path}`,
    contributors_url: `${url}/contributors`,
    deployments_url: `${url}/deployments`,
    downloads_url: `${url}/downloads`,
    events_url: `${url}/events`,
    forks_url: `${url}/forks`,
    git_commits_url: `${url}/git/commits{/sha}`,
    git_refs_url: `${url}/git/refs{/sha}`,
    git_tags_url: `${url}/git/tags{/sha}`,
    issue_comment_url: `${url}/issues/comments{/number}`,
    issue_events_url: `${url}/issues/events{/number}`,
    issues_url: `${url}/issues{/number}`,
    keys_url: `${url}/keys{/key_id}`,
    labels_url: `${url}/labels{/name}`,
    languages_url: `${url}/languages`,
    merges_url: `${url}/merges`,
    milestones_url: `${url}/milestones{/number}`,
    notifications_url: `${url}/notifications{?since,all,participating}`,
    pulls_url: `${url}/pulls{/number}`,
    releases_url: `${url}/releases{/id}`,
    stargazers_url: `${url}/stargazers`,
    statuses_url: `${url}/statuses/{sha}`,
    subscribers_url: `${url}/subscribers`,
    subscription_url: `${url}/subscription`,
    tags_url: `${url}/tags`,
    teams_url: `${url}/teams`,
    trees_url: `${url}/git/trees{/sha}`,
    hooks_url: `${url}/hooks`,
  };
}

/** Without the parts that only `GET /repos/…` has. */
export function presentRepository(world: World) {
  const open = world.threads.filter((thread) => thread.state === "open").length;
  return {
    ...presentMinimalRepository(world),
    git_url: `${world.htmlUrl.replace(/^https?/, "git")}.git`,
    ssh_url: `git@127.0.0.1:${world.fullName}.git`,
    clone_url: `${world.htmlUrl}.git`,
    svn_url: world.htmlUrl,
    mirror_url: null,
    homepage: null,
    language: null,
    forks_count: 0,
    stargazers_count: 0,
    watchers_count: 0,
    size: 0,
    default_branch: world.defaultBranch,
    open_issues_count: open,
    has_issues: true,
    has_projects: false,
    has_wiki: false,
    has_pages: false,
    has_downloads: false,
    has_discussions: false,
    has_pull_requests: true,
    is_template: false,
    archived: world.archived,
    disabled: false,
    visibility: "private",
    pushed_at: iso(world.pushedAt),
    created_at: iso(world.createdAt),
    updated_at: iso(world.pushedAt),
    license: null,
    topics: [],
    forks: 0,
    open_issues: open,
    watchers: 0,
    allow_forking: false,
    web_commit_signoff_required: false,
  };
}

export function presentFullRepository(world: World) {
  return {
    ...presentRepository(world),
    organization: presentAccount(world, world.organization),
    allow_rebase_merge: true,
    allow_squash_merge: true,
    allow_merge_commit: true,
    allow_auto_merge: world.autoMergeAllowed,
    delete_branch_on_merge: false,
    subscribers_count: 0,
    network_count: 0,
  };
}
