/** People's pull requests and merge groups on GitHub's stand-in, gated by a whole Remit over HTTP. */
import { createHmac, randomUUID } from "node:crypto";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { expect, it, onTestFinished, vi } from "vitest";
import { systemClock } from "../../src/clock.ts";
import { defaultSettings } from "../../src/remediation/settings.ts";
import { authorityFile, overlay, overlayFile } from "../../src/sandbox/demo/shop-files.ts";
import { shopHistory } from "../../src/sandbox/demo/shop-history.ts";
import { type DemoRemitOptions, startRemit } from "../../src/sandbox/demo/start-remit.ts";
import { openPull, repo, startWorld } from "../sandbox/github/world.ts";
import { temporaryDirectory } from "../store/temporary-directory.ts";
import { authorityPath, hasSshKeygen, signedRepository } from "./signatures/signed-repository.ts";

const earlier = { [overlayFile("checkout", "production")]: overlay("checkout", "production", "v1.4.1", 3) };
const workflow = { ".github/workflows/deploy.yml": "on: push\n" };

async function start(policySigning?: DemoRemitOptions["policySigning"]) {
  const world = await startWorld({ initial: shopHistory(Date.now(), "merge"), ci: false });
  const { github, remit } = world;
  const directory = join(temporaryDirectory(), "remit");
  const app = await startRemit({
    ...{ directory, github, settings: defaultSettings, clock: systemClock },
    ...(policySigning === undefined ? {} : { policySigning }),
  });
  onTestFinished(() => app.close());
  github.setWebhook(app.webhookUrl);
  /** The gates on a commit, once there are as many. */
  const gates = (ref: string, count = 1) =>
    vi.waitFor(
      async () => {
        const { data } = await remit.checks.listForRef({ ...repo, ref, check_name: "remit/gate", filter: "all" });
        expect(data.check_runs).toHaveLength(count);
        return data.check_runs;
      },
      { timeout: 20_000, interval: 50 },
    );
  const mirrors = () => readdirSync(join(directory, "data", "mirrors"));
  return { world, github, served: app, gates, mirrors };
}

it("a person's pull request is gated when it is opened and at each push, in one request, by what it changes", async () => {
  const { world, github, gates } = await start();
  const pull = await openPull(world, { files: earlier });
  const [granted] = await gates(pull.head);
  expect(granted).toMatchObject({ status: "completed", conclusion: "success", app: { slug: github.appSlug } });
  expect(granted?.output.summary).toContain("`checkout/production`");
  const before = github.requests.filter(({ operation }) => operation.includes("createCheckRun")).length;
  const head = await github.commitAs("bob", { branch: pull.branch, message: "And the workflow", files: workflow });
  const [denied] = await gates(head);
  // A person's own pull request is only told so: this policy doesn't make the gate required.
  expect(denied).toMatchObject({ status: "completed", conclusion: "neutral" });
  expect(denied?.output.summary).toContain("`.github/workflows/deploy.yml`");
  expect(github.requests.filter(({ operation }) => operation.includes("createCheckRun"))).toHaveLength(before + 1);
  expect(await gates(pull.head)).toHaveLength(1);
});

it("a pull request that says that it is Remit's is judged by what it changes", async () => {
  const { world, github, gates } = await start();
  const message = "remit: roll back\n\nRemit-Incident: x\nRemit-Candidate: 3f2a9c1b40de";
  const branch = "remit/rollback/checkout-production/3f2a9c1b40de";
  const head = await github.commitAs("carol", { branch, message, files: { ...earlier, ...workflow } });
  await world.as("carol").pulls.create({ ...repo, title: "remit: roll back", head: branch, base: "main" });
  expect(await gates(head)).toMatchObject([{ conclusion: "neutral" }]);
});

it("a renamed repository is gated under the name that it was known by, with one mirror", async () => {
  const { world, github, gates, mirrors } = await start();
  await gates((await openPull(world, { files: earlier })).head);
  github.rename("store");
  const later = await openPull(world, { branch: "later", files: earlier });
  expect(await gates(later.head)).toMatchObject([{ conclusion: "success" }]);
  expect(mirrors()).toHaveLength(1);
});

it("a merge group is gated between the commits that GitHub names", async () => {
  const { world, github, gates, served } = await start();
  const base = await world.head();
  const ref = `gh-readonly-queue/main/pr-1-${base}`;
  const head = await github.commitAs("bob", { branch: ref, message: "Merge pull request #1", files: earlier });
  const send = (group: object) =>
    deliver(served.webhookUrl, github.webhookSecret, "merge_group", {
      action: "checks_requested",
      merge_group: { base_ref: "refs/heads/main", head_ref: `refs/heads/${ref}`, head_commit: {}, ...group },
      repository: { id: data.id, node_id: data.node_id, full_name: github.repository, default_branch: "main" },
      installation: { id: github.installationId },
      sender: { login: "github-merge-queue[bot]" },
    });
  const { data } = await world.remit.repos.get(repo);
  expect(await send({ base_sha: base, head_sha: head })).toBe(202);
  expect(await gates(head)).toMatchObject([{ conclusion: "success" }]);
});

it.skipIf(!hasSshKeygen)(
  "a pull request is gated by the policy that the deployment's signers have signed",
  async () => {
    const { allowedSigners, sign } = signedRepository();
    const { world, github, gates } = await start({ allowedSigners, threshold: 2 });
    const policy = authorityFile("merge");
    const signedBy = (...signers: readonly ("alice" | "bob" | "mallory")[]) => ({
      branch: "main",
      message: "Sign the policy",
      files: { [`${authorityPath}.sig`]: signers.map((signer) => sign(policy, signer)).join("") },
    });
    const unsigned = await openPull(world, { branch: "unsigned", files: earlier });
    expect(await gates(unsigned.head)).toMatchObject([
      { conclusion: "neutral", output: { title: "denied: policy-unsigned" } },
    ]);
    await github.commitAs("alice", signedBy("alice", "mallory"));
    const half = await openPull(world, { branch: "half", files: earlier });
    expect(await gates(half.head)).toMatchObject([{ conclusion: "neutral" }]);
    await github.commitAs("alice", signedBy("alice", "bob"));
    const signed = await openPull(world, { branch: "signed", files: earlier });
    expect(await gates(signed.head)).toMatchObject([{ conclusion: "success" }]);
  },
);

async function deliver(url: string, secret: string, event: string, payload: object): Promise<number> {
  const body = JSON.stringify(payload);
  const signature = createHmac("sha256", secret).update(body).digest("hex");
  const { status } = await fetch(url, {
    method: "POST",
    body,
    headers: {
      "content-type": "application/json",
      "x-github-event": event,
      "x-github-delivery": randomUUID(),
      "x-hub-signature-256": `sha256=${signature}`,
    },
  });
  return status;
}
