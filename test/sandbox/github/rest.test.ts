import { expect, test } from "vitest";
import { openPull, refusal, repo, startWorld } from "./world.ts";

test("files are read, written with their signature, guarded by their id, and removed", async () => {
  const { remit, as, head } = await startWorld();
  const file = { ...repo, path: "apps/a b.yaml", message: "Write it" };
  const content = Buffer.from("a: 1\n").toString("base64");
  const first = await remit.repos.createOrUpdateFileContents({ ...file, content });
  expect([first.status, first.data.commit.verification?.verified]).toEqual([201, true]);
  const sha = first.data.content?.sha ?? "";
  expect((await refusal(remit.repos.createOrUpdateFileContents({ ...file, content }))).status).toBe(422);
  const other = { ...file, content, sha: "0".repeat(40) };
  expect((await refusal(remit.repos.createOrUpdateFileContents(other))).status).toBe(409);
  expect((await remit.repos.createOrUpdateFileContents({ ...file, content, sha })).status).toBe(200);
  const read = await remit.repos.getContent({ ...repo, path: file.path, ref: await head() });
  expect(read.data).toMatchObject({ type: "file", path: file.path, size: 5, sha });
  const list = await remit.repos.getContent({ ...repo, path: "apps" });
  expect(list.data).toMatchObject([{ type: "file", name: "a b.yaml" }]);
  await remit.repos.deleteFile({ ...file, sha, author: { name: "Somebody", email: "s@example.com" } });
  expect((await refusal(remit.repos.getContent({ ...repo, path: file.path }))).status).toBe(404);
  const { data } = await remit.repos.getCommit({ ...repo, ref: "main" });
  expect([data.commit.author?.name, data.commit.verification?.verified]).toEqual(["Somebody", false]);
  expect((await as("carol").repos.getContent({ ...repo, path: "README.md" })).status).toBe(200);
});

test("the Git Data API writes objects and moves refs forward only, unless forced", async () => {
  const { remit, head } = await startWorld();
  const base = await head();
  const blob = await remit.git.createBlob({ ...repo, content: "x: 1\n" });
  const tree = await remit.git.createTree({
    ...repo,
    base_tree: base,
    tree: [
      { path: "x.yaml", mode: "100644", type: "blob", sha: blob.data.sha },
      { path: "run.sh", mode: "100755", type: "blob", content: "#!/bin/sh\n" },
      { path: "README.md", mode: "100644", type: "blob", sha: null },
    ],
  });
  expect(tree.data.tree.map((entry) => [entry.mode, entry.path])).toEqual([
    ["100755", "run.sh"],
    ["100644", "x.yaml"],
  ]);
  const commit = await remit.git.createCommit({ ...repo, message: "Objects", tree: tree.data.sha, parents: [base] });
  expect(commit.data.verification.verified).toBe(true);
  const branch = { ...repo, ref: "heads/objects" };
  await remit.git.createRef({ ...repo, ref: "refs/heads/objects", sha: base });
  expect((await refusal(remit.git.createRef({ ...repo, ref: "refs/heads/objects", sha: base }))).body).toMatchObject({
    message: "Reference already exists",
  });
  await remit.git.updateRef({ ...branch, sha: commit.data.sha });
  expect((await refusal(remit.git.updateRef({ ...branch, sha: base }))).body).toMatchObject({
    message: "Update is not a fast forward",
  });
  await remit.git.updateRef({ ...branch, sha: base, force: true });
  await remit.git.deleteRef(branch);
  expect((await refusal(remit.git.getRef(branch))).status).toBe(404);
  expect((await refusal(remit.git.deleteRef(branch))).status).toBe(422);
  for (const ref of ["main", "refs/heads/a..b", "refs/pull/1/head"]) {
    expect((await refusal(remit.git.createRef({ ...repo, ref, sha: base }))).status).toBe(422);
  }
  expect((await remit.git.getBlob({ ...repo, file_sha: blob.data.sha })).data.encoding).toBe("base64");
  expect((await remit.git.getTree({ ...repo, tree_sha: "main" })).data.truncated).toBe(false);
});

test("branches, rules, commits and comparisons are read", async () => {
  const world = await startWorld({ requiredChecks: ["ci/validate"], requiredReviews: 1 });
  const { remit } = world;
  const { head } = await openPull(world);
  expect((await remit.repos.listBranches(repo)).data.map((branch) => branch.name)).toEqual(["main", "topic"]);
  expect((await remit.repos.getBranch({ ...repo, branch: "main" })).data.protected).toBe(true);
  expect((await refusal(remit.repos.getBranch({ ...repo, branch: "gone" }))).status).toBe(404);
  const rules = await remit.repos.getBranchRules({ ...repo, branch: "main" });
  expect(rules.data.map((rule) => rule.type)).toEqual(["required_status_checks", "pull_request"]);
  expect((await refusal(remit.repos.getBranchProtection({ ...repo, branch: "main" }))).status).toBe(403);
  expect((await world.as("alice").repos.getBranchProtection({ ...repo, branch: "main" })).status).toBe(200);
  const compared = await remit.repos.compareCommitsWithBasehead({ ...repo, basehead: "main...topic" });
  expect(compared.data).toMatchObject({ status: "ahead", ahead_by: 1, behind_by: 0 });
  expect(compared.data.files?.[0]).toMatchObject({
    filename: "apps/checkout.yaml",
    status: "added",
    patch: "@@ -0,0 +1 @@\n+tag: v2",
  });
  expect((await remit.repos.listCommits({ ...repo, sha: "topic", path: "apps" })).data.map(({ sha }) => sha)).toEqual([
    head,
  ]);
  const pulls = await remit.repos.listPullRequestsAssociatedWithCommit({ ...repo, commit_sha: head });
  expect(pulls.data).toHaveLength(1);
});

test("pull requests are listed, their files and commits too, page by page", async () => {
  const world = await startWorld();
  await openPull(world, { branch: "one", files: { "a.yaml": "1", "b.yaml": "2", "c.yaml": "3" } });
  await openPull(world, { branch: "two", files: { d: "4" } });
  const { remit } = world;
  expect((await remit.pulls.list({ ...repo, head: "acme:one" })).data.map(({ number }) => number)).toEqual([1]);
  expect((await remit.pulls.list({ ...repo, base: "main", sort: "created", direction: "asc" })).data).toHaveLength(2);
  const files = await remit.paginate(remit.pulls.listFiles, { ...repo, pull_number: 1, per_page: 2 });
  expect(files.map((file) => file.filename)).toEqual(["a.yaml", "b.yaml", "c.yaml"]);
  expect((await remit.pulls.listCommits({ ...repo, pull_number: 1 })).data[0]?.author?.login).toBe("bob");
  const create = remit.pulls.create({ ...repo, title: "Again", head: "one", base: "main" });
  expect(await refusal(create)).toMatchObject({
    status: 422,
    body: { errors: [{ message: "A pull request already exists for acme:one." }] },
  });
  const missing = remit.pulls.create({ ...repo, title: "Again", head: "gone", base: "main" });
  expect(await refusal(missing)).toMatchObject({ status: 422, body: { errors: [{ field: "head", code: "invalid" }] } });
});

test("issues are opened, found, labelled, talked about, locked, closed", async () => {
  const world = await startWorld();
  const { remit } = world;
  const { data } = await remit.issues.create({ ...repo, title: "Incident", body: "b", labels: ["remit:incident"] });
  const on = { ...repo, issue_number: data.number };
  expect((await remit.issues.listForRepo({ ...repo, labels: "remit:incident" })).data).toHaveLength(1);
  await remit.issues.createLabel({ ...repo, name: "prod", color: "ff0000", description: "Production" });
  expect((await refusal(remit.issues.createLabel({ ...repo, name: "PROD" }))).status).toBe(422);
  expect((await remit.issues.getLabel({ ...repo, name: "prod" })).data.color).toBe("ff0000");
  expect((await remit.issues.addLabels({ ...on, labels: ["prod"] })).data).toHaveLength(2);
  expect((await remit.issues.setLabels({ ...on, labels: ["prod"] })).data).toHaveLength(1);
  expect((await remit.issues.listLabelsOnIssue(on)).data[0]?.name).toBe("prod");
  expect((await remit.issues.listLabelsForRepo(repo)).data).toHaveLength(2);
  expect((await refusal(remit.issues.removeLabel({ ...on, name: "nope" }))).status).toBe(404);
  const comment = await remit.issues.createComment({ ...on, body: "Working on it" });
  const reaction = { ...repo, comment_id: comment.data.id, content: "eyes" } as const;
  expect((await world.as("bob").reactions.createForIssueComment(reaction)).status).toBe(201);
  expect((await world.as("bob").reactions.createForIssueComment(reaction)).status).toBe(200);
  expect((await remit.reactions.listForIssueComment({ ...repo, comment_id: comment.data.id })).data).toHaveLength(1);
  expect((await remit.reactions.createForIssue({ ...on, content: "+1" })).status).toBe(201);
  expect((await remit.reactions.listForIssue(on)).data[0]?.user?.login).toBe("remit[bot]");
  expect((await remit.issues.getComment({ ...repo, comment_id: comment.data.id })).data.reactions?.eyes).toBe(1);
  expect((await remit.issues.listComments(on)).data).toHaveLength(1);
  await remit.issues.lock({ ...on, lock_reason: "resolved" });
  expect((await refusal(world.as("carol").issues.createComment({ ...on, body: "But" }))).status).toBe(403);
  await remit.issues.unlock(on);
  const closed = await remit.issues.update({ ...on, state: "closed", state_reason: "not_planned" });
  expect(closed.data).toMatchObject({
    state: "closed",
    state_reason: "not_planned",
    closed_by: { login: "remit[bot]" },
  });
  expect((await refusal(remit.issues.get({ ...repo, issue_number: 99 }))).status).toBe(404);
});

test("checks and statuses are written and read back", async () => {
  const world = await startWorld();
  const { remit } = world;
  const head = await world.head();
  const started = await remit.checks.create({ ...repo, name: "remit/gate", head_sha: head, status: "in_progress" });
  const run = { ...repo, check_run_id: started.data.id };
  await remit.checks.update({
    ...run,
    conclusion: "action_required",
    output: { title: "Wait", summary: "For a person" },
  });
  expect((await remit.checks.get(run)).data).toMatchObject({ status: "completed", conclusion: "action_required" });
  const listed = await remit.checks.listForRef({ ...repo, ref: "heads/main", check_name: "remit/gate" });
  expect(listed.data.check_runs[0]?.app?.slug).toBe("remit");
  const suites = await remit.checks.listSuitesForRef({ ...repo, ref: head });
  expect(suites.data.check_suites.map((suite) => suite.app?.slug)).toEqual(["remit"]);
  const suite = await remit.checks.getSuite({ ...repo, check_suite_id: suites.data.check_suites[0]?.id ?? 0 });
  expect(suite.data.conclusion).toBe("action_required");
  expect((await refusal(remit.checks.create({ ...repo, name: "x", head_sha: "0".repeat(40) }))).status).toBe(422);
  await remit.repos.createCommitStatus({ ...repo, sha: head, state: "pending", context: "ci" });
  await remit.repos.createCommitStatus({ ...repo, sha: head, state: "error", context: "ci", description: "broken" });
  const combined = await remit.repos.getCombinedStatusForRef({ ...repo, ref: "main" });
  expect([combined.data.state, combined.data.total_count]).toEqual(["failure", 1]);
  expect((await remit.repos.listCommitStatusesForRef({ ...repo, ref: head })).data).toHaveLength(2);
});

test("deployments are recorded by people and pipelines, and read by the App, which may not write them", async () => {
  const { remit, as } = await startWorld();
  const bob = as("bob");
  const made = await bob.repos.createDeployment({
    ...repo,
    ref: "main",
    environment: "production",
    required_contexts: [],
  });
  if (made.status !== 201) throw new Error("no deployment");
  const on = { ...repo, deployment_id: made.data.id };
  const status = await bob.repos.createDeploymentStatus({
    ...on,
    state: "success",
    environment_url: "https://shop.example",
  });
  expect((await remit.repos.listDeployments({ ...repo, environment: "production" })).data).toHaveLength(1);
  expect((await remit.repos.listDeployments({ ...repo, environment: "staging" })).data).toHaveLength(0);
  expect((await remit.repos.getDeployment(on)).data.creator?.login).toBe("bob");
  expect((await remit.repos.listDeploymentStatuses(on)).data[0]?.state).toBe("success");
  expect((await remit.repos.getDeploymentStatus({ ...on, status_id: status.data.id })).status).toBe(200);
  expect((await refusal(remit.repos.createDeployment({ ...repo, ref: "main" }))).status).toBe(403);
  expect((await refusal(bob.repos.createDeployment({ ...repo, ref: "gone" }))).status).toBe(422);
});

test("an answer tells what is left, and the same answer again costs nothing", async () => {
  const { remit, github } = await startWorld({ rateLimit: 4 });
  const first = await remit.repos.get(repo);
  expect(first.headers).toMatchObject({
    "x-ratelimit-limit": "4",
    "x-ratelimit-remaining": "3",
    "x-ratelimit-resource": "core",
  });
  const etag = first.headers.etag ?? "";
  const again = await refusal(
    remit.request("GET /repos/{owner}/{repo}", { ...repo, headers: { "if-none-match": etag } }),
  );
  expect(again.status).toBe(304);
  expect((await remit.rateLimit.get()).data.rate.remaining).toBe(2);
  await remit.repos.get(repo);
  await remit.repos.get(repo);
  const over = await refusal(remit.repos.get(repo));
  expect([over.status, over.message]).toEqual([403, expect.stringContaining("API rate limit exceeded")]);
  expect(github.requests.at(-1)).toMatchObject({
    method: "GET",
    operation: "repos/get",
    status: 403,
    actor: "remit[bot]",
  });
});
