import { expect, onTestFinished, test } from "vitest";
import { openLocalMirror } from "../../src/gitops/mirror/git-mirror.ts";
import { readDelivery } from "../../src/remediation/delivery.ts";
import { gatherEvidence } from "../../src/remediation/evidence.ts";
import { repositoryReader } from "../../src/remediation/repository-reader.ts";
import type { Remediation } from "../../src/remediation/response.ts";
import type { SyncSignal } from "../../src/signals/signal.ts";
import { gitRepository } from "../gitops/git-repository.ts";

const path = "apps/cart/production/values.yaml";
const values = (tag: string) => `image:\n  repository: r.io/cart\n  tag: ${tag}\n`;
const now = Date.parse("2026-11-20T12:00:00Z");
const target = { service: "cart", environment: "production", namespace: undefined };

function applied(revision: string): SyncSignal {
  return {
    kind: "sync",
    source: "argo",
    repository: "acme/shop",
    controller: "argocd",
    application: "cart-production",
    namespace: undefined,
    environment: "production",
    revision,
    phase: "applied",
    health: "healthy",
    observedAt: now,
  };
}

async function forked() {
  const repository = gitRepository();
  const start = repository.commit({ [path]: values("v1") });
  const merge = repository.commit({ [path]: values("v2") });
  // As a fork's commit, or a pull request's: it can be had by its id, and was never on the default branch.
  repository.git("checkout", "--quiet", "-b", "impostor");
  const impostor = repository.commit({ [path]: values("evil") });
  repository.git("checkout", "--quiet", "main");
  const mirror = await openLocalMirror(repository.directory);
  onTestFinished(() => mirror.close());
  return { reader: repositoryReader(mirror), start, merge, impostor };
}

test("field note S34: a commit that isn't on the default branch is no proof that a fix arrived", async () => {
  const { reader, merge, impostor, start } = await forked();
  const remediation = { merged: { at: now, commit: merge } } as Remediation;
  const deliveryOf = (...revisions: string[]) => readDelivery(reader, target, remediation, revisions.map(applied));
  expect((await deliveryOf(impostor)).applied).toBeUndefined();
  expect((await deliveryOf(start)).applied).toBeUndefined();
  expect((await deliveryOf(impostor, merge)).applied?.revision).toBe(merge);
});

test("field note S34: a commit that isn't on the default branch makes no value healthy", async () => {
  const { reader, merge, impostor } = await forked();
  const healthOf = async (revision: string) =>
    (await gatherEvidence(reader, { revision: merge, targets: [target], syncs: [applied(revision)], now }))?.health;
  expect(await healthOf(impostor)).toEqual([]);
  expect(await healthOf(merge)).toMatchObject([{ revision: merge, health: "healthy" }]);
});
