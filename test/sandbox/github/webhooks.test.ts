import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { verify } from "@octokit/webhooks-methods";
import { expect, onTestFinished, test } from "vitest";
import { openPull, repo, startWorld } from "./world.ts";

interface Received {
  readonly headers: Readonly<Record<string, unknown>>;
  readonly body: string;
}

/** A receiver that answers with the given statuses in turn, then 202. */
async function receiver(...statuses: number[]): Promise<{ url: string; received: Received[] }> {
  const received: Received[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      received.push({ headers: request.headers, body: Buffer.concat(chunks).toString() });
      response.writeHead(statuses.shift() ?? 202).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${address.port}/hook`, received };
}

test("a delivery is signed over its bytes and says what it is and for whom", async () => {
  const { url, received } = await receiver();
  const world = await startWorld({ webhook: { url, secret: "It's a Secret" } });
  await world.as("bob").issues.create({ ...repo, title: 'Umlaut ü, quote " and newline\n' });
  await world.github.settled();
  const [first] = received;
  expect(await verify("It's a Secret", first?.body ?? "", String(first?.headers["x-hub-signature-256"]))).toBe(true);
  expect(first?.headers).toMatchObject({
    "content-type": "application/json",
    "user-agent": expect.stringMatching(/^GitHub-Hookshot\//),
    "x-github-event": "issues",
    "x-github-delivery": expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-a[0-9a-f]{3}-[0-9a-f]{12}$/),
    "x-github-hook-installation-target-id": String(world.github.appId),
    "x-github-hook-installation-target-type": "integration",
  });
  expect(JSON.parse(first?.body ?? "")).toMatchObject({
    action: "opened",
    issue: { number: 1, title: 'Umlaut ü, quote " and newline\n' },
    repository: { full_name: "acme/shop" },
    installation: { id: world.github.installationId },
    sender: { login: "bob", type: "User" },
  });
});

test("everything that happens to a pull request is told, in order, as GitHub describes it", async () => {
  const { url, received } = await receiver();
  const world = await startWorld({ webhook: { url }, requiredReviews: 1 });
  const told = async () => {
    await world.github.settled();
    return received.splice(0).map(({ headers, body }) => {
      const { action } = Object(JSON.parse(body));
      return `${headers["x-github-event"]}${action === undefined ? "" : ` ${action}`}`;
    });
  };
  const ci = ["check_run created", "check_run completed", "check_suite completed"];
  const { number, branch, head } = await openPull(world);
  expect(await told()).toEqual(["push", "check_suite requested", "pull_request opened", ...ci]);
  const on = { ...repo, issue_number: number };
  await world.as("alice").issues.addLabels({ ...on, labels: ["urgent"] });
  await world.as("alice").issues.removeLabel({ ...on, name: "urgent" });
  const { data: comment } = await world.as("carol").issues.createComment({ ...on, body: "Hm" });
  await world.as("carol").issues.updateComment({ ...repo, comment_id: comment.id, body: "Hm." });
  await world.as("carol").issues.deleteComment({ ...repo, comment_id: comment.id });
  const talk = ["issue_comment created", "issue_comment edited", "issue_comment deleted"];
  expect(await told()).toEqual(["pull_request labeled", "pull_request unlabeled", ...talk]);
  await world.as("bob").pulls.update({ ...repo, pull_number: number, title: "Better", state: "closed" });
  await world.as("bob").pulls.update({ ...repo, pull_number: number, state: "open" });
  expect(await told()).toEqual(["pull_request edited", "pull_request closed", "pull_request reopened", ...ci]);
  const gate = { ...repo, name: "remit/gate", head_sha: head, status: "completed" } as const;
  await world.remit.checks.create({ ...gate, conclusion: "neutral" });
  await world.remit.repos.createCommitStatus({ ...repo, sha: head, state: "success" });
  expect(await told()).toEqual([...ci, "status"]);
  await world.github.commitAs("bob", { branch, message: "More", files: { m: "1" } });
  expect(await told()).toEqual(["push", "check_suite requested", "pull_request synchronize", ...ci]);
  await world.as("alice").pulls.createReview({ ...repo, pull_number: number, event: "APPROVE" });
  await world.remit.pulls.merge({ ...repo, pull_number: number });
  await world.remit.git.deleteRef({ ...repo, ref: `heads/${branch}` });
  const merged = ["pull_request closed", "push", "check_suite requested"];
  expect(await told()).toEqual(["pull_request_review submitted", ...merged, "push"]);
});

test("issues, deployments and their statuses are told", async () => {
  const { url, received } = await receiver();
  const world = await startWorld({ webhook: { url } });
  const { data: issue } = await world.remit.issues.create({ ...repo, title: "One" });
  await world.remit.issues.update({ ...repo, issue_number: issue.number, body: "b", labels: ["x"], state: "closed" });
  await world.remit.issues.update({ ...repo, issue_number: issue.number, state: "open", labels: [] });
  const bob = world.as("bob");
  const deployment = await bob.repos.createDeployment({ ...repo, ref: "main", environment: "production" });
  if (deployment.status !== 201) throw new Error("no deployment");
  await bob.repos.createDeploymentStatus({ ...repo, deployment_id: deployment.data.id, state: "failure" });
  await world.github.settled();
  const bodies = received.map(({ body }) => Object(JSON.parse(body)));
  expect(bodies.map(({ action }) => action)).toEqual([
    ...["opened", "edited", "labeled", "closed", "unlabeled", "reopened"],
    ...["created", "created"],
  ]);
  expect(bodies.at(-1)).toMatchObject({
    deployment: { environment: "production", sha: await world.head() },
    deployment_status: { state: "failure" },
  });
});

test("that the App was installed is told, of no one repository", async () => {
  const { url, received } = await receiver();
  const world = await startWorld({ webhook: { url } });
  world.github.install("installed");
  world.github.install("added");
  await world.github.settled();
  const bodies = received.map(({ body }) => Object(JSON.parse(body)));
  const repository = { id: 730_001, full_name: "acme/shop" };
  expect(bodies).toMatchObject([
    { action: "created", installation: { app_slug: "remit" }, repositories: [repository] },
    { action: "added", installation: { app_slug: "remit" }, repositories_added: [repository] },
  ]);
  expect(bodies.map((body) => "repository" in body)).toEqual([false, false]);
});

test("a delivery that failed is not tried again, but can be asked for: same GUID, same bytes", async () => {
  const { url, received } = await receiver(500);
  const world = await startWorld({ webhook: { url } });
  await world.remit.issues.create({ ...repo, title: "One" });
  await world.github.settled();
  expect(received).toHaveLength(1);
  const { data } = await world.app.apps.listWebhookDeliveries();
  const [failed] = data;
  expect(failed).toMatchObject({ event: "issues", status_code: 500, redelivery: false });
  await world.app.apps.redeliverWebhookDelivery({ delivery_id: failed?.id ?? 0 });
  await world.github.settled();
  expect(received).toHaveLength(2);
  expect(received[1]?.body).toBe(received[0]?.body);
  expect(received[1]?.headers["x-github-delivery"]).toBe(received[0]?.headers["x-github-delivery"]);
  const again = await world.app.apps.listWebhookDeliveries();
  expect(again.data[0]).toMatchObject({ guid: failed?.guid, redelivery: true, status: "OK" });
  const shown = await world.app.apps.getWebhookDelivery({ delivery_id: failed?.id ?? 0 });
  expect(shown.data.request.payload).toMatchObject({ action: "opened" });
  expect(world.github.redeliver("nonsense")).toBe(false);
});

test("nobody listening is no trouble, and is on record", async () => {
  const world = await startWorld({ webhook: { url: "http://127.0.0.1:9/" } });
  await world.remit.issues.create({ ...repo, title: "One" });
  await world.github.settled();
  expect(world.github.deliveries).toMatchObject([
    { event: "issues", statusCode: 0, status: "failed to connect to host" },
  ]);
  world.github.setWebhook(undefined);
  await world.remit.issues.create({ ...repo, title: "Two" });
  expect(world.github.deliveries).toHaveLength(1);
});
