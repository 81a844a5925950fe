import { expect, test } from "vitest";
import { hour } from "../decision.ts";
import { parsePolicy } from "../policy-text.ts";

const parse = (window: string) => parsePolicy(`  grants: []\n  freeze:\n    - ${window}`);

const any = { environments: ["*"], services: ["*"], namespaces: ["*"], actions: ["*"] };

test("a window is read with its defaults", () => {
  expect(parse('{kind: allow, schedule: "0 16 * * 5", duration: 64h}').authority?.freeze).toEqual([
    { kind: "allow", schedule: "0 16 * * 5", durationMs: 64 * hour, timeZone: "UTC", match: any, reason: undefined },
  ]);
});

test("what it says counts", () => {
  const text =
    '{kind: deny, schedule: "0 16 * * 5", duration: 1h, timeZone: Europe/Amsterdam, services: [a], environments: [b], namespaces: [c], actions: [rollback], reason: weekend}';
  expect(parse(text).authority?.freeze).toEqual([
    {
      kind: "deny",
      schedule: "0 16 * * 5",
      durationMs: hour,
      timeZone: "Europe/Amsterdam",
      match: { environments: ["b"], services: ["a"], namespaces: ["c"], actions: ["rollback"] },
      reason: "weekend",
    },
  ]);
});

test.each([
  ['{schedule: "0 16 * * 5", duration: 1h}', "a freeze window lacks kind", "kind"],
  ["{kind: deny, duration: 1h}", "a freeze window lacks schedule", "schedule"],
  ['{kind: deny, schedule: "0 16 * * 5"}', "a freeze window lacks duration", "duration"],
  ["text", "a freeze window isn't a mapping", "a mapping"],
  ['{kind: block, schedule: "0 16 * * 5", duration: 1h}', 'kind can\'t be "block"', "one of allow, deny"],
  [
    '{kind: deny, schedule: "0 16 * *", duration: 1h}',
    'schedule can\'t be "0 16 * *"',
    'five cron fields in quotes, such as "0 16 * * 5"',
  ],
  [
    '{kind: deny, schedule: "0 16 * * 5", duration: 8d}',
    'duration can\'t be "8d"',
    "a duration of at most 7 days, such as 64h",
  ],
  ['{kind: deny, schedule: "0 16 * * 5", duration: 0h}', "a window of no length never opens", "a duration such as 64h"],
  [
    '{kind: deny, schedule: "0 16 * * 5", duration: 1h, timeZone: Mars/Base}',
    'timeZone can\'t be "Mars/Base"',
    "an IANA name, such as Europe/Amsterdam",
  ],
  ['{kind: deny, schedule: "0 16 * * 5", duration: 1h, reason: " "}', 'reason can\'t be " "', "a sentence"],
  [
    '{kind: deny, schedule: "0 16 * * 5", duration: 1h, services: []}',
    "services is empty, and empty never means all",
    undefined,
  ],
  [
    '{kind: deny, schedule: "0 16 * * 5", duration: 1h, service: [a]}',
    'a freeze window has no key "service"',
    "one of kind, schedule, duration, timeZone, environments, services, namespaces, actions, reason",
  ],
])("%s is refused: %s", (text, message, expected) => {
  const { authority, mistakes } = parse(text);
  expect(authority).toBeUndefined();
  expect(mistakes).toMatchObject([{ line: 8, message, expected }]);
});
