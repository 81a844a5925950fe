import fc from "fast-check";
import { expect, it } from "vitest";
import { flux } from "../../src/signals/flux.ts";

const context = { source: "flux", repository: "acme/shop", observedAt: 1_000 };
const id = "0123456789abcdef0123456789abcdef01234567";
const revisionKey = "kustomize.toolkit.fluxcd.io/revision";

const event = {
  involvedObject: {
    apiVersion: "kustomize.toolkit.fluxcd.io/v1",
    kind: "Kustomization",
    name: "checkout",
    namespace: "flux-system",
    uid: "2b7cf7a0-0f6c-4a36-9d8c-5c1a2d3e4f50",
  },
  metadata: { [revisionKey]: `main@sha1:${id}`, env: "production" },
  severity: "info",
  reason: "ReconciliationSucceeded",
  message: "Reconciliation finished in 1.2s, next run in 10m0s",
  reportingController: "kustomize-controller",
  reportingInstance: "kustomize-controller-0",
  timestamp: "2026-03-05T10:11:12Z",
};

it("a reconciliation becomes a signal with the revision that was applied", () => {
  expect(flux.parse(event, context)).toEqual([
    {
      kind: "sync",
      ...context,
      controller: "flux",
      application: "checkout",
      namespace: "flux-system",
      environment: "production",
      revision: id,
      phase: "applied",
      health: "healthy",
    },
  ]);
});

it.each([
  [`main@sha1:${id}`, id],
  [`feature/x@sha1:${id}`, id],
  [`sha1:${id}`, id],
  [`main/${id}`, id],
  [`v1.2.3/${id}`, id],
  [id, id],
  ["6.5.4", undefined],
  [`latest@sha256:${"a".repeat(64)}`, undefined],
  [`main@sha1:${id.slice(1)}`, undefined],
])("revision %s names commit %s", (text, expected) => {
  const signals = flux.parse({ ...event, metadata: { [revisionKey]: text } }, context);
  expect(signals.map((signal) => signal.kind === "sync" && signal.revision)).toEqual(expected ? [expected] : []);
});

it("the commit that an OCI artifact was built from counts, not the artifact's digest", () => {
  const metadata = {
    [revisionKey]: `latest@sha256:${"a".repeat(64)}`,
    "kustomize.toolkit.fluxcd.io/originRevision": `main@sha1:${id}`,
  };
  expect(flux.parse({ ...event, metadata }, context)).toMatchObject([{ revision: id }]);
});

it.each([
  ["info", "ReconciliationSucceeded", "applied", "healthy"],
  ["info", "Progressing", "progressing", "progressing"],
  ["error", "HealthCheckFailed", "failed", "degraded"],
  ["error", "BuildFailed", "failed", "unknown"],
  ["error", "ValidationFailed", "failed", "unknown"],
  ["error", "DependencyNotReady", "progressing", "progressing"],
  ["info", "RollbackSucceeded", "failed", "unknown"],
  ["info", "constructor", "progressing", "progressing"],
])("%s %s is %s and %s", (severity, reason, phase, health) => {
  expect(flux.parse({ ...event, severity, reason }, context)).toMatchObject([{ phase, health }]);
});

it("an object that delivers nothing says nothing", () => {
  const involvedObject = { ...event.involvedObject, kind: "GitRepository" };
  expect(flux.parse({ ...event, involvedObject }, context)).toEqual([]);
  expect(flux.parse({ ...event, metadata: undefined }, context)).toEqual([]);
});

it("a repetition has the same dedupe key, another object, state, time or revision another", () => {
  const key = flux.dedupeKey(event);
  expect(flux.dedupeKey({ ...event, message: "other words" })).toBe(key);
  for (const changes of [
    { reason: "Progressing" },
    { severity: "error" },
    { timestamp: "2026-03-05T10:16:12Z" },
    { metadata: { [revisionKey]: `main@sha1:${"f".repeat(40)}` } },
    { involvedObject: { ...event.involvedObject, name: "cart" } },
  ]) {
    expect(flux.dedupeKey({ ...event, ...changes })).not.toBe(key);
  }
});

it("any JSON is read or refused as an invalid payload, never another way", () => {
  fc.assert(
    fc.property(fc.dictionary(fc.constantFrom(...Object.keys(event)), fc.jsonValue()), (changes) => {
      try {
        flux.parse({ ...event, ...changes }, context);
      } catch (error) {
        expect(error).toMatchObject({ code: "payload-invalid" });
      }
    }),
  );
});
