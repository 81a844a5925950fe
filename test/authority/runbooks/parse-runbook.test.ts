import { expect, test } from "vitest";
import { parseRunbook } from "../../../src/authority/runbooks/parse-runbook.ts";

const parse = (spec: string) =>
  parseRunbook(
    `apiVersion: remit.dev/v1alpha1\nkind: Runbook\nmetadata: {name: bad-deploy}\nspec: {${spec}}\n`,
    "runbooks/bad-deploy.yaml",
  );
const least = "on: {alerts: [A]}, steps: [{action: rollback}]";
const runbook = (more: string) => {
  const { policy, mistakes } = parse(`${least}, ${more}`);
  expect(mistakes).toEqual([]);
  return policy;
};
const mistakesOf = (spec: string) => {
  const { policy, mistakes } = parse(spec);
  expect(policy).toBeUndefined();
  return mistakes.map(({ message, expected }) => [message, expected]);
};
const minute = 60_000;

test("what isn't written has its default", () => {
  expect(parse(least).policy).toEqual({
    name: "bad-deploy",
    on: { alerts: ["A"], deploymentStatus: [] },
    class: "safe",
    when: [],
    evidence: { sources: 1, confidence: 90, maxAgeMs: 10 * minute },
    steps: [{ action: "rollback" }],
    verify: { withinMs: undefined, consecutive: undefined },
    escalate: { to: [] },
  });
});

test.each([
  ["class: human-only", { class: "human-only" }],
  ["class: semi-safe", { class: "semi-safe" }],
  ["when: [incident.alerts > 1]", { when: [{ expression: "incident.alerts > 1" }] }],
  [
    "evidence: {sources: 10, confidence: 100%, maxAge: 5m}",
    { evidence: { sources: 10, confidence: 100, maxAgeMs: 5 * minute } },
  ],
  ["evidence: {confidence: 99%}", { evidence: { confidence: 99 } }],
  ["evidence: {maxAge: 1h}", { evidence: { maxAgeMs: 10 * minute } }],
  ["verify: {within: 15m, recovered: {consecutive: 20}}", { verify: { withinMs: 15 * minute, consecutive: 20 } }],
  ["verify: {recovered: {consecutive: 1}}", { verify: { withinMs: undefined, consecutive: 1 } }],
  [
    "escalate: {to: [ann, acme/on-call, a1-b, acme/on_call.2]}",
    { escalate: { to: ["ann", "acme/on-call", "a1-b", "acme/on_call.2"] } },
  ],
  [
    "escalate: {to: [ann], again: {after: 30m}}",
    { escalate: { again: { afterMs: 30 * minute, times: 1, to: ["ann"] } } },
  ],
  [
    "escalate: {to: [ann], again: {after: 60s, times: 5, to: [bob, acme/leads]}}",
    { escalate: { to: ["ann"], again: { afterMs: minute, times: 5, to: ["bob", "acme/leads"] } } },
  ],
])("a runbook with {%s}", (text, read) => {
  expect(runbook(text)).toMatchObject(read);
});

test.each([
  ["on: {alerts: [HighErrorRate, B]}, steps: [{action: rollback}]", { on: { alerts: ["HighErrorRate", "B"] } }],
  ['on: {alerts: ["*"]}, steps: [{action: rollback}]', { on: { alerts: ["*"] } }],
  [
    "on: {deploymentStatus: [failure, error]}, steps: [{action: rollback}]",
    { on: { alerts: [], deploymentStatus: ["failure", "error"] } },
  ],
  [
    "on: {alerts: [A]}, steps: [{action: scale}, {action: rollback, pin: 1m}]",
    { steps: [{ action: "scale" }, { action: "rollback", pinMs: minute }] },
  ],
])("{%s} is read", (spec, read) => {
  expect(parse(spec).policy).toMatchObject(read);
});

test.each([
  ["steps: [{action: rollback}]", "spec lacks on", "on"],
  ["on: {alerts: [A]}", "spec lacks steps", "steps"],
  [
    "on: {}, steps: [{action: rollback}]",
    "on names nothing that starts the runbook",
    "alerts, deploymentStatus, or both",
  ],
  ["on: A, steps: [{action: rollback}]", "on isn't a mapping", "a mapping"],
  [
    "on: {alerts: [A], alert: [A]}, steps: [{action: rollback}]",
    'on has no key "alert"',
    "one of alerts, deploymentStatus",
  ],
  ["on: {alerts: []}, steps: [{action: rollback}]", "alerts is empty, and empty never means all", undefined],
  ['on: {alerts: ["*", A]}, steps: [{action: rollback}]', "alerts names * beside others", "either * alone, or names"],
  [
    "on: {deploymentStatus: []}, steps: [{action: rollback}]",
    "deploymentStatus is empty, and empty never means all",
    undefined,
  ],
  [
    "on: {deploymentStatus: [success]}, steps: [{action: rollback}]",
    'deploymentStatus can\'t be "success"',
    "one of failure, error",
  ],
  ["on: {alerts: [A]}, steps: []", "steps is empty, and empty never means all", undefined],
  ["on: {alerts: [A]}, steps: [rollback]", "a step isn't a mapping", "a mapping"],
  ["on: {alerts: [A]}, steps: [{pin: 1h}]", "a step lacks action", "action"],
  ["on: {alerts: [A]}, steps: [{action: rollback, for: 1h}]", 'a step has no key "for"', "one of action, pin"],
  ["on: {alerts: [A]}, steps: [{action: scale, pin: 1h}]", "scale pins nothing", "pin with action rollback only"],
  [
    "on: {alerts: [A]}, steps: [{action: rollback, pin: 59s}]",
    'pin can\'t be "59s"',
    "a duration from 1m to 7 days, such as 24h",
  ],
  [
    "on: {alerts: [A]}, steps: [{action: rollback}, {action: rollback, pin: 1h}]",
    "steps name an action twice",
    "each action once, in order of preference",
  ],
  [`${least}, class: dangerous`, 'class can\'t be "dangerous"', "one of human-only, semi-safe, safe"],
  [`${least}, when: []`, "when is empty, and empty never means all", undefined],
  [`${least}, evidence: {sources: 0}`, 'sources can\'t be "0"', "a whole number from 1 to 10"],
  [`${least}, evidence: {sources: 11}`, 'sources can\'t be "11"', "a whole number from 1 to 10"],
  [`${least}, evidence: {maxAge: 8d}`, 'maxAge can\'t be "8d"', "a duration of at most 7 days, such as 15m"],
  [`${least}, evidence: {age: 1h}`, 'evidence has no key "age"', "one of sources, confidence, maxAge"],
  [`${least}, verify: {within: 30s}`, 'within can\'t be "30s"', "a duration from 1m to 7 days, such as 15m"],
  [`${least}, verify: {after: 1h}`, 'verify has no key "after"', "one of within, recovered"],
  [`${least}, verify: {recovered: {}}`, "recovered lacks consecutive", "consecutive"],
  [`${least}, verify: {recovered: {consecutive: 3, x: 1}}`, 'recovered has no key "x"', "one of consecutive"],
  [`${least}, escalate: {to: [ann], cc: [bob]}`, 'escalate has no key "cc"', "one of to, again"],
  [`${least}, verify: {recovered: 3}`, "recovered isn't a mapping", "a mapping"],
  [`${least}, verify: {recovered: {consecutive: 21}}`, 'consecutive can\'t be "21"', "a whole number from 1 to 20"],
  [`${least}, verify: {recovered: {consecutive: 0}}`, 'consecutive can\'t be "0"', "a whole number from 1 to 20"],
  [`${least}, escalate: {}`, "escalate lacks to", "to"],
  [`${least}, escalate: {to: []}`, "to is empty, and empty never means all", undefined],
  [`${least}, escalate: {to: [ann], again: {}}`, "again lacks after", "after"],
  [
    `${least}, escalate: {to: [ann], again: {after: 30s}}`,
    'after can\'t be "30s"',
    "a duration from 1m to 7 days, such as 30m",
  ],
  [
    `${least}, escalate: {to: [ann], again: {after: 1h, times: 6}}`,
    'times can\'t be "6"',
    "a whole number from 1 to 5",
  ],
  [
    `${least}, escalate: {to: [ann], again: {after: 1h, times: 0}}`,
    'times can\'t be "0"',
    "a whole number from 1 to 5",
  ],
  [`${least}, escalate: {to: [ann], again: {after: 1h, to: []}}`, "to is empty, and empty never means all", undefined],
  [
    `${least}, escalate: {to: [ann], again: {after: 1h, until: 2h}}`,
    'again has no key "until"',
    "one of after, times, to",
  ],
  [`${least}, escalate: ann`, "escalate isn't a mapping", "a mapping"],
  [`${least}, step: 1`, 'spec has no key "step"', "one of on, steps, class, when, evidence, verify, escalate"],
])("{%s} is refused: %s", (spec, message, expected) => {
  expect(mistakesOf(spec)).toEqual([[message, expected]]);
});

test.each([
  ["spec: text\n", "spec isn't a mapping"],
  ["", "the policy lacks spec"],
])("a runbook without a spec is refused: %s", (spec, message) => {
  const head = "apiVersion: remit.dev/v1alpha1\nkind: Runbook\nmetadata: {name: bad-deploy}\n";
  const { policy, mistakes } = parseRunbook(`${head}${spec}`, "runbooks/bad-deploy.yaml");
  expect(policy).toBeUndefined();
  expect(mistakes).toMatchObject([{ message }]);
});

test("an action that doesn't exist is no step, and pins nothing", () => {
  expect(mistakesOf("on: {alerts: [A]}, steps: [{action: rolback, pin: 1h}]").map(([message]) => message)).toEqual([
    'action can\'t be "rolback"',
  ]);
});

test.each(["89%", "9%", "101%", "190%", "900%", "95", "95.5%", " 95%", "x95%"])("a confidence can't be %s", (share) => {
  expect(mistakesOf(`${least}, evidence: {confidence: "${share}"}`)).toEqual([
    [`confidence can't be "${share}"`, 'a whole percentage from 90 %, such as "95%"'],
  ]);
});

test.each(["A*", "*A", "A B", " A", ""])("an alert can't be called %j", (name) => {
  expect(mistakesOf(`on: {alerts: ["${name}"]}, steps: [{action: rollback}]`)).toEqual([
    [`alerts can't be "${name}"`, "an alert's exact name, or * alone for any"],
  ]);
});

test.each([
  ...["@ann", "-ann", "ann smith", "", "acme/", "/on-call", "acme/on call", "acme/a/b", "a_b", "ann\\n"],
  ...["a".repeat(40), `acme/${"a".repeat(101)}`, "acme/@ann", "é"],
])("nobody is called %j", (name) => {
  expect(mistakesOf(`${least}, escalate: {to: ["${name}"]}`)[0]?.[1]).toBe("a login or organization/team, without @");
});

test.each(["a", "a".repeat(39), `acme/${"a".repeat(100)}`, "0", "a-"])("somebody may be called %s", (name) => {
  expect(runbook(`escalate: {to: [${JSON.stringify(name)}]}`)?.escalate.to).toEqual([name]);
});
