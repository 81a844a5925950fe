import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { deniesSync } from "../../../src/authority/freeze/sync-windows.ts";

const now = Date.parse("2026-11-20T17:00:00Z");
const checkout = { name: "checkout", namespace: "shop", cluster: ["eu", "https://eu.example"] };
const denies = (...windows: readonly string[]) => deniesSync(parse(`[${windows.join(", ")}]`), checkout, now);

const open = "schedule: '0 17 * * *', duration: 1h30m";
const closed = "schedule: '0 3 * * *', duration: 1h";
const deny = (what = "applications: ['*']", when = open) => `{kind: deny, ${when}, ${what}}`;
const allow = (what = "applications: ['*']", when = open) => `{kind: allow, ${when}, ${what}}`;

describe("windows", () => {
  test.each([
    ["none", [], false],
    ["an open deny window", [deny()], true],
    ["a closed deny window", [deny(undefined, closed)], false],
    ["an open allow window", [allow()], false],
    ["a closed allow window", [allow(undefined, closed)], true],
    ["a closed and an open allow window", [allow(undefined, closed), allow()], false],
    ["an open allow and an open deny window", [allow(), deny()], true],
    ["an open allow and a closed deny window", [allow(), deny(undefined, closed)], false],
    ["a closed deny and an open deny window", [deny(undefined, closed), deny()], true],
    ["a window of no kind", [deny().replace("kind: deny, ", "")], false],
    [
      "a window of another kind",
      [deny().replace("deny", "defer"), deny(undefined, closed).replace("deny", "defer")],
      false,
    ],
    ["no window at all", ["1", "null"], false],
  ])("%s: %s", (_, windows, denied) => {
    expect(denies(...windows)).toBe(denied);
  });

  test.each([undefined, null, "x", { kind: "deny" }])("that aren't a list deny nothing: %j", (windows) => {
    expect(deniesSync(windows, checkout, now)).toBe(false);
  });
});

describe("a window is for an application", () => {
  test.each([
    ["applications: [checkout]", true],
    ["applications: [cart, 'check*']", true],
    ["applications: ['c?eckout']", true],
    ["applications: [cart]", false],
    ["applications: []", false],
    ["applications: checkout", false],
    ["namespaces: [shop]", true],
    ["namespaces: [checkout]", false],
    ["clusters: [eu]", true],
    ["clusters: ['https://*']", true],
    ["clusters: [shop]", false],
    ["applications: [cart], namespaces: [shop]", true],
    ["applications: [cart], clusters: [eu]", true],
    ["applications: [cart], namespaces: [cart], clusters: [us]", false],
    ["applications: [cart], namespaces: [shop], useAndOperator: false", true],
    ["applications: [cart], namespaces: [shop], useAndOperator: true", false],
    ["applications: [checkout], namespaces: [shop], clusters: [eu], useAndOperator: true", true],
    ["applications: [checkout], namespaces: [], useAndOperator: true", true],
    ["useAndOperator: true", false],
  ])("with %s: %s", (what, covers) => {
    expect(denies(deny(what))).toBe(covers);
    expect(denies(allow(what, closed))).toBe(covers);
  });

  test("that says nothing of itself by its other words only", () => {
    const anywhere = { name: "checkout", namespace: undefined, cluster: [undefined, 1] };
    const asked = (what: string) => deniesSync(parse(`[${deny(what)}]`), anywhere, now);
    expect(asked("namespaces: ['*'], clusters: ['*']")).toBe(false);
    expect(asked("namespaces: ['*'], applications: [checkout]")).toBe(true);
  });

  test.each(["'[a-c]*'", "'{checkout,cart}'", "'\\\\c'", "'a]'", "'a}'", "'!cart'", "1"])(
    "whatever its pattern means, where that can't be read: %s",
    (pattern) => {
      expect(denies(deny(`applications: [${pattern}]`))).toBe(true);
      expect(denies(deny(`applications: [${pattern}]`, closed))).toBe(false);
      for (const what of ["applications", "namespaces", "clusters"])
        expect(denies(allow(`${what}: ['*', ${pattern}]`)), what).toBe(true);
    },
  );
});

describe("a window is open", () => {
  test.each([
    ["at its first moment", "schedule: '0 17 * * *', duration: 1h", true],
    ["before its end", "schedule: '0 16 * * *', duration: 1h1s", true],
    ["not at its end", "schedule: '0 16 * * *', duration: 1h", false],
    ["by hours, minutes and seconds", "schedule: '0 15 * * *', duration: 1h59m61s", true],
    ["by many hours", "schedule: '0 6 * * *', duration: 12h", true],
    ["by minutes alone", "schedule: '30 16 * * *', duration: 31m", true],
    ["by seconds alone", "schedule: '59 16 * * *', duration: 61s", true],
    ["by fewer seconds", "schedule: '59 16 * * *', duration: 60s", false],
    ["in its own time zone", "schedule: '0 2 * * *', duration: 1h, timeZone: Asia/Tokyo", true],
    ["in none, which is UTC", "schedule: '0 17 * * *', duration: 1h, timeZone: ''", true],
    ["in one that is no text, which is UTC", "schedule: '0 17 * * *', duration: 1h, timeZone: [x]", true],
  ])("%s", (_, when, isOpen) => {
    expect(denies(deny(undefined, when))).toBe(isOpen);
    expect(denies(allow(undefined, when))).toBe(!isOpen);
  });

  test.each([
    ["no schedule", "duration: 1h"],
    ["a schedule of other words", "schedule: nonsense, duration: 1h"],
    ["a schedule that is no text", "schedule: [0], duration: 1h"],
    ["no duration", "schedule: '0 3 * * *'"],
    ["a duration of other words", "schedule: '0 3 * * *', duration: soon"],
    ["a duration with other words before it", "schedule: '0 3 * * *', duration: x1h"],
    ["a duration with other words after it", "schedule: '0 3 * * *', duration: 1hx"],
    ["an empty duration", "schedule: '0 3 * * *', duration: ''"],
    ["a duration of nothing", "schedule: '0 3 * * *', duration: 0h"],
    ["a duration that is no text", "schedule: '0 3 * * *', duration: 3600"],
    ["a list with a duration", "schedule: '0 3 * * *', duration: [1h]"],
    ["a list with a schedule", "schedule: ['0 3 * * *'], duration: 1h"],
    ["a time zone that isn't known", "schedule: '0 3 * * *', duration: 1h, timeZone: Europe/Atlantis"],
  ])("where it denies and closed where it allows, with %s", (_, when) => {
    expect(denies(deny(undefined, when))).toBe(true);
    expect(denies(allow(undefined, when))).toBe(true);
  });
});
