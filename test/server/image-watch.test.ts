import { expect, onTestFinished, test } from "vitest";
import { openLocalMirror } from "../../src/gitops/mirror/open-local-mirror.ts";
import { repositoryReader } from "../../src/remediation/repository-reader.ts";
import { imageWatch } from "../../src/server/image-watch.ts";
import { registryImages } from "../../src/server/registries/registry-images.ts";
import { ago, day, history, now } from "../actions/asked.ts";
import { leaseMessage } from "../support/lease-message.ts";
import { ManualClock } from "./manual-clock.ts";
import { ociRegistry } from "./registries/oci-registry.ts";

const image = "apps/checkout/deployment.yaml";

test("field note 11: an image that a lease holds to and that is gone is told once a day", async () => {
  const registry = await ociRegistry({ images: ["shop/checkout:v1.5.0"] });
  const deployment = (tag: string) =>
    `apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: checkout\nspec:\n  template:\n    spec:\n      containers:\n        - name: main\n          image: ${registry.host}/shop/checkout:${tag}\n`;
  const repository = history({ [image]: deployment("v1.4.2") }, { [image]: deployment("v1.5.0") });
  const commit = repository.commit(
    { [image]: deployment("v1.4.2") },
    {
      at: ago(30),
      message: leaseMessage({ action: "rollback", target: "checkout", expiresAt: now + 7 * day * 60_000 }),
    },
  );
  const mirror = await openLocalMirror(repository.directory);
  onTestFinished(() => mirror.close());
  const clock = new ManualClock(now);
  const told: object[] = [];
  const log = { info: () => {}, error: () => {}, warn: (fields: object) => void told.push(fields) };
  const watch = imageWatch({ images: registryImages([registry.config()]), clock, log });
  const reader = repositoryReader(mirror);
  await watch(reader);
  const gone = { target: "checkout", commit, image: `${registry.host}/shop/checkout:v1.4.2` };
  expect(told).toMatchObject([gone]);
  const asked = registry.requests.length;
  clock.advance(12 * 60 * 60_000);
  await watch(reader);
  expect([told.length, registry.requests.length]).toEqual([1, asked]);
  clock.advance(12 * 60 * 60_000);
  await watch(reader);
  expect(told).toMatchObject([gone, gone]);
});
