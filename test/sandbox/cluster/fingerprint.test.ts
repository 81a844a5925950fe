import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { fingerprint } from "../../../src/sandbox/cluster/fingerprint.ts";

describe("an alert's fingerprint", () => {
  test("is the one that Alertmanager gave to the same labels", () => {
    const labels = {
      job: "node",
      group: "production",
      instance: "localhost:8081",
      severity: "critical",
      alertname: "InstanceDown",
    };
    expect(fingerprint(labels)).toBe("f404ecabc8dd5cd7");
    expect(fingerprint({ ...labels, group: "canary", instance: "localhost:8082" })).toBe("f8f08d4e32c61a9d");
  });

  test("of no labels is the hash's starting value", () => {
    expect(fingerprint({})).toBe("cbf29ce484222325");
  });

  test("doesn't depend on the order in which the labels come", () => {
    const labels = fc.dictionary(fc.string({ minLength: 1 }), fc.string());
    fc.assert(
      fc.property(labels, (value) => {
        expect(fingerprint(Object.fromEntries(Object.entries(value).reverse()))).toBe(fingerprint(value));
      }),
    );
  });
});
