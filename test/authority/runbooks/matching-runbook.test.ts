import { describe, expect, test } from "vitest";
import { builtInRunbook } from "../../../src/authority/runbooks/built-in-runbook.ts";
import { matchingRunbook } from "../../../src/authority/runbooks/matching-runbook.ts";
import type { Runbook } from "../../../src/authority/runbooks/runbook.ts";
import { deploymentAlert } from "../../../src/incidents/deployment-alert.ts";
import { toIncidentAlert } from "../../../src/incidents/merge-alert.ts";
import { incident, now, target } from "../decision.ts";

const named = (name: string, on: Partial<Runbook["on"]>): Runbook => ({
  ...builtInRunbook,
  name,
  on: { alerts: [], deploymentStatus: [], ...on },
});
const runbooks = [
  named("failed", { deploymentStatus: ["failure"] }),
  named("broken", { deploymentStatus: ["error"] }),
  named("any", { alerts: ["*"] }),
];
const failed = (state: "failure" | "error") => {
  const told = { repository: "acme/shop", target, state, createdAt: now, observedAt: now };
  return { ...incident(), alerts: [toIncidentAlert(deploymentAlert(told))] };
};

test("a runbook that names how a deployment failed takes the place of those for any alert", () => {
  expect(matchingRunbook(runbooks, failed("failure")).names).toEqual(["failed"]);
  expect(matchingRunbook(runbooks, failed("error")).names).toEqual(["broken"]);
  expect(matchingRunbook([named("any", { alerts: ["*"] })], failed("error")).names).toEqual(["any"]);
});

test("an alert of another source is no deployment, whatever its labels say", () => {
  const trouble = failed("failure");
  const forged = { ...trouble, alerts: trouble.alerts.map((alert) => ({ ...alert, source: "prometheus" })) };
  expect(matchingRunbook(runbooks, forged).names).toEqual(["any"]);
});

test("one that succeeded since starts nothing", () => {
  const trouble = failed("failure");
  const over = { ...trouble, alerts: trouble.alerts.map((alert) => ({ ...alert, status: "resolved" as const })) };
  expect(matchingRunbook(runbooks, over).names).toEqual(["any"]);
});

test("a runbook that names an alert holds while one of that name beyond the list fires", () => {
  const over = { ...incident(), alerts: incident().alerts.map((alert) => ({ ...alert, status: "resolved" as const })) };
  const beyond = (alertname: string) => ({
    ...over,
    unlisted: {
      firing: { a1b2c3d4e5f6: now },
      lastFiringAt: now,
      kinds: [{ source: "prometheus", alertname, count: 1 }],
    },
  });
  const all = [...runbooks, named("loss", { alerts: ["DataLoss"] })];
  expect(matchingRunbook(all, beyond("DataLoss")).names).toEqual(["loss"]);
  expect(matchingRunbook(all, beyond("HighErrorRate")).names).toEqual(["any"]);
});

describe("runbooks that hold together pin", () => {
  const day = 24 * 60 * 60_000;
  const trouble = failed("failure");
  const pinning = (name: string, pinMs?: number) => ({
    ...named(name, { deploymentStatus: ["failure"] }),
    steps: [{ action: "flag" as const }, { action: "rollback" as const, pinMs }],
  });

  test("for the shortest time that one of them asks for", () => {
    const steps = [{ action: "flag" }, { action: "rollback", pinMs: day }];
    expect(matchingRunbook([pinning("a", 2 * day), pinning("b", day)], trouble).steps).toEqual(steps);
  });

  test("only where all of them ask for it", () => {
    const steps = [{ action: "flag" }, { action: "rollback" }];
    expect(matchingRunbook([pinning("a", day), pinning("b")], trouble).steps).toEqual(steps);
  });
});

describe("runbooks for alerts", () => {
  const alerts = (...names: readonly string[]) => {
    const trouble = incident();
    const fired = names.flatMap((alertname) =>
      trouble.alerts.map((alert) => ({ ...alert, fingerprint: alertname, labels: { alertname } })),
    );
    return { ...trouble, alerts: fired };
  };
  const slow = named("slow", { alerts: ["HighLatency"] });
  const any = named("any", { alerts: ["*"] });

  test("hold where they name one that fires, and those for any alert where none does", () => {
    expect(matchingRunbook([any, slow], alerts("HighLatency", "Other")).names).toEqual(["slow"]);
    expect(matchingRunbook([any, slow], alerts("Other")).names).toEqual(["any"]);
    expect(matchingRunbook([slow], alerts("Other")).names).toEqual(["built-in"]);
    expect(matchingRunbook([], alerts("Other")).names).toEqual(["built-in"]);
  });

  test("aren't named by an alert that is called *", () => {
    expect(matchingRunbook([any, slow], alerts("*", "HighLatency")).names).toEqual(["slow"]);
  });

  test("hold for nothing that a person asks for where nothing is wrong", () => {
    expect(matchingRunbook([any, slow], undefined).names).toEqual(["built-in"]);
  });
});

describe("runbooks that hold together", () => {
  const trouble = failed("failure");
  const of = (name: string, change: Partial<Runbook>) => ({
    ...named(name, { deploymentStatus: ["failure"] }),
    ...change,
  });
  const together = (...all: readonly Partial<Runbook>[]) =>
    matchingRunbook(
      all.map((change, index) => of(String.fromCharCode(97 + index), change)),
      trouble,
    );

  test("are of the lowest class of them", () => {
    expect(together({ class: "safe" }, { class: "safe" }).class).toBe("safe");
    expect(together({ class: "safe" }, { class: "semi-safe" }).class).toBe("semi-safe");
    expect(together({ class: "human-only" }, { class: "semi-safe" }).class).toBe("human-only");
  });

  test("ask for every condition of them, each once", () => {
    const [two, fresh] = [
      { expression: "evidence.sources >= 2", message: "two sources" },
      { expression: "incident.firingFor < 60", message: "a fresh incident" },
    ];
    expect(together({ when: [two, fresh] }, { when: [two] }).when).toEqual([fresh, two]);
    const renamed = { ...two, message: "a second source" };
    const stricter = { ...two, expression: "evidence.sources >= 3" };
    expect(together({ when: [two] }, { when: [renamed, stricter] }).when).toHaveLength(3);
  });

  test("ask for the most evidence, and the freshest", () => {
    const [many, sure] = [
      { sources: 3, confidence: 90, maxAgeMs: 2 },
      { sources: 1, confidence: 99, maxAgeMs: 1 },
    ];
    expect(together({ evidence: many }, { evidence: sure }).evidence).toEqual({
      sources: 3,
      confidence: 99,
      maxAgeMs: 1,
    });
  });

  test("have the steps that all of them have, in the order of the first", () => {
    const [flag, rollback, scale] = [
      { action: "flag" as const },
      { action: "rollback" as const },
      { action: "scale" as const },
    ];
    expect(together({ steps: [rollback, scale, flag] }, { steps: [flag, rollback] }).steps).toEqual([rollback, flag]);
    expect(together({ steps: [flag, rollback] }, { steps: [rollback, scale, flag] }).steps).toEqual([flag, rollback]);
    expect(together({ steps: [flag] }, { steps: [rollback] }).steps).toEqual([]);
  });

  test("are verified within the shortest time, and by the longest streak", () => {
    const verify = (withinMs?: number, consecutive?: number) => ({ verify: { withinMs, consecutive } });
    expect(together(verify(2, 3), verify(), verify(1, 4)).verify).toEqual({ withinMs: 1, consecutive: 4 });
    expect(together(verify(), verify()).verify).toEqual({ withinMs: undefined, consecutive: undefined });
  });

  test("escalate to everybody whom one of them names, each once", () => {
    const to = (...names: readonly string[]) => ({ escalate: { to: names } });
    expect(together(to("bob", "alice"), to("carol", "bob")).escalateTo).toEqual(["alice", "bob", "carol"]);
  });

  test("call again as early and as often as one of them asks for, and everybody whom one of them names", () => {
    const again = (afterMs: number, times: number, ...to: readonly string[]) => ({
      escalate: { to: [], again: { afterMs, times, to } },
    });
    expect(together(again(3, 1, "bob", "alice"), again(2, 4, "carol", "bob"), {}).escalateAgain).toEqual({
      afterMs: 2,
      times: 4,
      to: ["alice", "bob", "carol"],
    });
    expect(together({}, {})).not.toHaveProperty("escalateAgain");
  });

  test("say the same in whatever order their files stood, those of one name too", () => {
    const all = [
      of("b", { steps: [{ action: "flag" }, { action: "rollback" }] }),
      of("a", { steps: [{ action: "rollback" }, { action: "flag" }] }),
      of("a", { steps: [{ action: "flag" }, { action: "rollback" }] }),
    ];
    const found = matchingRunbook(all, trouble);
    expect(found.names).toEqual(["a", "b"]);
    expect(found.steps).toEqual([{ action: "flag" }, { action: "rollback" }]);
    expect(matchingRunbook(all.toReversed(), trouble)).toEqual(found);
  });
});
