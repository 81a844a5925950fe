import { readFileSync } from "node:fs";
import fc from "fast-check";
import { expect, it } from "vitest";
import { argocd } from "../../src/signals/argocd.ts";

const context = { source: "argo", repository: "acme/shop", observedAt: 1_000 };
const revision = "8a1c".repeat(10);

const body = {
  application: "checkout",
  namespace: "argocd",
  environment: "production",
  revision,
  phase: "Succeeded",
  sync: "Synced",
  health: "Healthy",
  destination: "https://kubernetes.default.svc",
  path: "apps/checkout",
  finishedAt: "2026-03-05T10:11:12Z",
};

it("a finished sync becomes a signal with the revision that was applied", () => {
  expect(argocd.parse(body, context)).toEqual([
    {
      kind: "sync",
      ...context,
      controller: "argocd",
      application: "checkout",
      namespace: "argocd",
      environment: "production",
      revision,
      phase: "applied",
      health: "healthy",
    },
  ]);
});

it.each([
  ["Running", "Progressing", "progressing", "progressing"],
  ["Terminating", "Unknown", "progressing", "unknown"],
  ["Succeeded", "Degraded", "applied", "degraded"],
  ["Succeeded", "Suspended", "applied", "unknown"],
  ["Failed", "Missing", "failed", "unknown"],
  ["Error", null, "failed", "unknown"],
  ["Error", "constructor", "failed", "unknown"],
])("phase %s with health %s is %s and %s", (phase, health, expectedPhase, expectedHealth) => {
  const [signal] = argocd.parse({ ...body, phase, health }, context);
  expect(signal).toMatchObject({ phase: expectedPhase, health: expectedHealth });
});

it.each(["", null, undefined, "1.2.3", "main", `sha256:${"a".repeat(64)}`, `${revision}0`])(
  "revision %j is no commit, so it says nothing",
  (other) => {
    expect(argocd.parse({ ...body, revision: other }, context)).toEqual([]);
  },
);

it("what an Application doesn't have may be null", () => {
  const sparse = { ...body, namespace: null, environment: null, destination: null, path: null, finishedAt: null };
  expect(argocd.parse(sparse, context)).toMatchObject([{ namespace: undefined, environment: undefined }]);
});

it("any change of the state has another dedupe key, and a repetition the same", () => {
  const keys = ["application", "namespace", "environment", "revision", "phase", "health", "finishedAt"] as const;
  for (const key of keys) {
    const other = { ...body, [key]: key === "phase" ? "Failed" : "other" };
    expect(argocd.dedupeKey(other)).not.toBe(argocd.dedupeKey(body));
  }
  expect(argocd.dedupeKey(structuredClone(body))).toBe(argocd.dedupeKey(body));
});

it.each([
  [{ ...body, application: undefined }, "application: missing, expected string"],
  [{ ...body, phase: "Done" }, "phase: expected one of Running, Terminating, Succeeded, Failed, Error"],
  [{ ...body, revision: 5 }, "revision: expected string"],
])("%j is refused by its key", (wrong, message) => {
  expect(() => argocd.parse(wrong, context)).toThrow(expect.objectContaining({ code: "payload-invalid", message }));
});

it("any JSON is read or refused as an invalid payload, never another way", () => {
  fc.assert(
    fc.property(fc.dictionary(fc.constantFrom(...Object.keys(body)), fc.jsonValue()), (changes) => {
      try {
        argocd.parse({ ...body, ...changes }, context);
      } catch (error) {
        expect(error).toMatchObject({ code: "payload-invalid" });
      }
    }),
  );
});

it("the published template writes exactly the keys that are read", () => {
  const page = readFileSync(new URL("../../docs/argocd-notifications.md", import.meta.url), "utf8");
  const template = /template\.remit: \|[\s\S]*?\n {2}trigger\./.exec(page)?.[0] ?? "";
  const written = [...template.matchAll(/^ +[{,]? *"(\w+)":/gm)].map(([, key]) => key);
  expect(written.toSorted()).toEqual(Object.keys(body).toSorted());
});
