import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { SourceConfig } from "../../src/server/config/config.ts";
import { Secret } from "../../src/server/config/secret.ts";
import { maySpeakOf } from "../../src/server/may-speak-of.ts";

const source = (name: string, change: Partial<SourceConfig> = {}): SourceConfig => ({
  name,
  type: "alertmanager",
  repository: "acme/shop",
  environments: undefined,
  tokens: [new Secret("t")],
  ...change,
});
const target = { service: "checkout", environment: "production", namespace: undefined };
const alert = { name: "HighErrorRate" };

describe("field note S4: what a source may speak of", () => {
  it.each<[string, Partial<SourceConfig>, boolean]>([
    ["anything, where nothing is said", {}, true],
    ["its environment", { environments: ["production"] }, true],
    ["another environment", { environments: ["staging"] }, false],
    ["its service", { services: ["cart", "checkout"] }, true],
    ["another service", { services: ["cart"] }, false],
    ["its alert", { alerts: ["HighErrorRate"] }, true],
    ["another alert", { alerts: ["KubePodCrashLooping"] }, false],
    ["its service in another environment", { services: ["checkout"], environments: ["staging"] }, false],
    ["nothing, where the list is empty", { services: [] }, false],
  ])("%s", (_, change, may) => {
    expect(maySpeakOf([source("prom", change)], "prom", { target, alert })).toBe(may);
  });

  it("a source that is gone may say nothing, and GitHub may speak of its own repository", () => {
    expect(maySpeakOf([source("prom")], "old", { target, alert })).toBe(false);
    expect(maySpeakOf([], "github", { target })).toBe(true);
  });

  it("what has no environment or no name isn't in any list", () => {
    const nowhere = { ...target, environment: undefined };
    expect(maySpeakOf([source("prom", { environments: ["production"] })], "prom", { target: nowhere })).toBe(false);
    const nameless = { target, alert: { name: undefined } };
    expect(maySpeakOf([source("prom", { alerts: ["A"] })], "prom", nameless)).toBe(false);
    expect(maySpeakOf([source("argo", { alerts: ["A"] })], "argo", { target })).toBe(true);
  });

  it("one source's lists never widen another's", () => {
    const names = fc.option(fc.subarray(["production", "staging"]), { nil: undefined });
    fc.assert(
      fc.property(names, names, (own, others) => {
        const mine = source("prom", { environments: own });
        const alone = maySpeakOf([mine], "prom", { target, alert });
        expect(maySpeakOf([source("other", { environments: others }), mine], "prom", { target, alert })).toBe(alone);
      }),
    );
  });
});
