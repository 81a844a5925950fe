import { describe, expect, test } from "vitest";
import type { Hold } from "../../../src/remediation/hold.ts";
import { badRelease } from "../../../src/sandbox/demo/shop-history.ts";
import type { Config } from "../../../src/server/config/config.ts";
import { Secret } from "../../../src/server/config/secret.ts";
import { assembledShop } from "../assembled-shop.ts";
import { hasSshKeygen, signedRepository } from "./signed-repository.ts";

const start = Date.parse("2026-11-20T10:00:00Z");
const silent = () => {};
const labels = { alertname: "HighErrorRate", service: "checkout", environment: "production" };

async function assembled(policySigning: Config["policySigning"]) {
  const source = { name: "prom", type: "alertmanager", repository: "acme/shop", environments: undefined } as const;
  const { github, assembly, clock } = await assembledShop(
    start,
    { sources: [{ ...source, tokens: [new Secret("unused")] }], policySigning },
    { info: silent, warn: silent, error: silent },
  );
  const { author, message, files } = badRelease(start);
  await github.commitAs(author, { branch: "main", message, files });
  return { assembly, clock };
}

/** The verdict of Remit's first look at a firing alert. */
async function verdictOf(policySigning: Config["policySigning"]) {
  const { assembly, clock } = await assembled(policySigning);
  const { store } = assembly;
  const receivedAt = clock.now();
  const alert = { status: "firing", labels, annotations: {}, fingerprint: "828c936db785396a" };
  const times = { startsAt: new Date(receivedAt).toISOString(), endsAt: "0001-01-01T00:00:00Z" };
  const body = JSON.stringify({ version: "4", status: "firing", alerts: [{ ...alert, ...times }] });
  const delivery = { source: "prom", type: "alertmanager", event: "", dedupeKey: "1", body, receivedAt };
  await assembly.handleDelivery({ ...delivery, id: "1", state: "pending", attempts: 1, error: undefined });
  const work = await store.queue.take(clock.now() + 60_000, 60_000);
  if (work === undefined) throw new Error("no incident is queued");
  const hold: Hold = { lease: work, renew: async () => {} };
  await assembly.reconcile(work.key, hold);
  const [record] = await store.incidents.list(1);
  const outcome = record?.response.plan?.outcome;
  return outcome?.kind === "change" ? outcome.verdict : undefined;
}

describe.skipIf(!hasSshKeygen)("the server", () => {
  test("only observes by a policy that isn't signed as it was configured", async () => {
    const { allowedSigners } = signedRepository();
    const verdict = await verdictOf({ allowedSigners, threshold: 1 });
    expect(verdict?.tier).toBe("observe");
    expect(verdict?.operands).toContainEqual(
      expect.objectContaining({ name: "policy", reason: expect.objectContaining({ code: "policy-unsigned" }) }),
    );
  });

  test("goes by the same policy where no signatures are configured", async () => {
    expect((await verdictOf(undefined))?.operands).toContainEqual(
      expect.objectContaining({ name: "policy", tier: "merge" }),
    );
  });
});
