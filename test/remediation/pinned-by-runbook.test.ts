import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { openLocalMirror } from "../../src/gitops/mirror/open-local-mirror.ts";
import { planFromAlerts } from "../../src/remediation/plan-from-alerts.ts";
import { repositoryReader } from "../../src/remediation/repository-reader.ts";
import { overlay, overlayFile } from "../../src/sandbox/demo/shop-files.ts";
import { alertmanager } from "../../src/signals/alertmanager.ts";
import { ago, codes, history, now, written } from "../actions/asked.ts";
import { alertFixture, alertmanagerFixture } from "../signals/alertmanager-payload.ts";
import { incidentWorld, minute } from "../support/incident-world.ts";
import { follow, left, notifyAgain } from "../support/play.ts";

const runbook = (step: string) =>
  `apiVersion: remit.dev/v1alpha1\nkind: Runbook\nmetadata: {name: bad-deploy}\nspec:\n  on: {alerts: [HighErrorRate]}\n  steps: [${step}]\n`;
const runbookFile = ".github/remit/runbooks/bad-deploy.yaml";
const authority =
  "apiVersion: remit.dev/v1alpha1\nkind: Authority\nmetadata: {name: shop}\nspec:\n  version: 1\n  grants:\n    - {name: all, match: {actions: [rollback]}, tier: merge}\n";

const policy = (choice: string) =>
  `apiVersion: image.toolkit.fluxcd.io/v1\nkind: ImagePolicy\nmetadata:\n  name: checkout\nspec:\n  imageRepositoryRef:\n    name: checkout\n  policy:\n    ${choice}\n`;
const semver = (range: string) => policy(`semver:\n      range: "${range}"`);

describe("a runbook's pin", () => {
  const image = "apps/checkout/deployment.yaml";
  const policyFile = "apps/checkout/image-policy.yaml";
  const deployment = (tag: string, marker = ' # {"$imagepolicy": "flux-system:checkout"}') =>
    `apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: checkout\nspec:\n  template:\n    spec:\n      containers:\n        - name: main\n          image: r.io/checkout:${tag}${marker}\n`;

  async function planned(step: string, files: Readonly<Record<string, string>>, marker?: string, author?: string) {
    const shared = { [runbookFile]: runbook(step), ".github/remit/authority.yaml": authority, ...files };
    const repository = history({ ...shared, [image]: deployment("v1.4.2", marker) });
    const by = author === undefined ? {} : { author };
    repository.commit({ [image]: deployment("v1.5.0", marker) }, { at: ago(60), ...by });
    const mirror = await openLocalMirror(repository.directory);
    onTestFinished(() => mirror.close());
    const labels = { alertname: "HighErrorRate", service: "checkout" };
    const body = alertmanagerFixture([alertFixture({ labels, startsAt: ago(50) })]);
    return planFromAlerts({
      reader: repositoryReader(mirror),
      revision: await mirror.head(),
      signals: alertmanager.parse(body, { source: "test", repository: "acme/shop", observedAt: now }),
      now,
    });
  }

  test("lets a rollback hold that image automation would undo at once, without a person", async () => {
    const answer = await planned("{action: rollback, pin: 24h}", { [policyFile]: semver("1.x") });
    expect(written(answer)).toEqual({ [image]: deployment("v1.4.2"), [policyFile]: semver("1.4.2") });
    expect([answer.tier, answer.expiresAt]).toEqual(["merge", now + 24 * 60 * minute]);
    expect(codes(answer)).toContain("pinned");
  });

  test("is none where it doesn't ask for one, and then a person decides", async () => {
    const answer = await planned("{action: rollback}", { [policyFile]: semver("1.x") });
    expect(written(answer)).toEqual({ [image]: deployment("v1.4.2") });
    expect([answer.tier, answer.expiresAt]).toEqual(["propose", undefined]);
  });

  test("that can't be had leaves the rollback as it is, and says why", async () => {
    const answer = await planned("{action: rollback, pin: 24h}", {});
    expect(written(answer)).toEqual({ [image]: deployment("v1.4.2") });
    expect([answer.tier, answer.expiresAt]).toEqual(["propose", undefined]);
    expect(codes(answer)).toEqual(expect.arrayContaining(["pin-unclear", "automated-writer"]));
  });

  test("pins nothing where nobody else writes the image", async () => {
    const answer = await planned("{action: rollback, pin: 24h}", { [policyFile]: semver("1.x") }, "");
    expect(written(answer)).toEqual({ [image]: deployment("v1.4.2", "") });
    expect([answer.tier, answer.expiresAt]).toEqual(["merge", undefined]);
    expect(codes(answer)).not.toContain("pin-unclear");
  });

  test("that would have to be written below .github/ is none, and a person decides", async () => {
    const answer = await planned(
      "{action: rollback, pin: 24h}",
      { ".github/renovate.json": "{}\n" },
      "",
      "renovate[bot] <bot@renovateapp.com>",
    );
    expect(written(answer)).toEqual({ [image]: deployment("v1.4.2", "") });
    expect([answer.tier, answer.expiresAt]).toEqual(["propose", undefined]);
    expect(answer.reasons.find(({ code }) => code === "pin-unclear")?.message).toContain("which Remit never writes");
    expect(codes(answer)).toContain("automated-writer");
  });

  test("counts as all edits do", async () => {
    const strict = authority.replace("tier: merge", "tier: merge, limits: {files: 1}");
    const answer = await planned("{action: rollback, pin: 24h}", {
      [policyFile]: semver("1.x"),
      ".github/remit/authority.yaml": strict,
    });
    expect([answer.tier, codes(answer)]).toEqual(["propose", expect.arrayContaining(["pinned", "change-too-large"])]);
  });
});

const file = overlayFile("checkout", "production");
const policyFile = "apps/checkout/overlays/production/image-policy.yaml";
const marked = (version: string) =>
  overlay("checkout", "production", version, 3).replace(
    /# set by .*/,
    '# {"$imagepolicy": "flux-system:checkout:tag"}',
  );

test("field note 15: merged alone, delivered and verified; and when the pin's time is over only the pin goes", async () => {
  const directory = await mkdtemp(join(tmpdir(), "remit-pin-"));
  const files = {
    [file]: marked("v1.4.2"),
    [policyFile]: semver(">=1.0.0"),
    [runbookFile]: runbook("{action: rollback, pin: 2h}"),
    ".github/remit/authority.yaml": authority.replace("version: 1", "version: 2"),
  };
  const made = await incidentWorld({ directory, files });
  onTestFinished(async () => {
    await made.close();
    await rm(directory, { recursive: true, force: true });
  });
  const bump = { branch: "main", message: "Update images", files: { [file]: marked("v1.5.0") } };
  await made.github.commitAs("alice", bump);
  made.clock.advance(13 * minute);
  await made.receive([made.firing()]);
  const good = async () => (await made.deployed()).includes("v1.4.2");
  await follow(made, 30, async () => ((await good()) ? made.receive([made.resolved()]) : notifyAgain(made)));
  expect(await made.deployed()).toBe(marked("v1.4.2"));
  const policyNow = () => made.read(policyFile);
  expect(await policyNow()).toBe(semver("1.4.2"));
  expect(await left(made)).toMatchObject({ pulls: [{ merged: true }], ours: 1 });
  made.clock.advance(2 * 60 * minute);
  await follow(made, 30);
  expect(await made.deployed()).toBe(marked("v1.4.2"));
  expect(await policyNow()).toBe(semver(">=1.0.0"));
  expect(await left(made)).toMatchObject({ ours: 2, issues: [{ state: "closed" }, { state: "closed" }] });
  expect(made.github.violations).toEqual([]);
});
