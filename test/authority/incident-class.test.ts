import { expect, test } from "vitest";
import { classByLabels, classTier } from "../../src/authority/incident-class.ts";
import type { Incident, IncidentAlert } from "../../src/incidents/incident.ts";
import { withAlert } from "../../src/incidents/with-alert.ts";
import { incident } from "./decision.ts";

type Labels = Readonly<Record<string, string>>;

const [alert] = incident().alerts;
const labelled = (labels: Labels, fingerprint: string): IncidentAlert => {
  if (alert === undefined) throw new Error("the incident has no alert");
  return { ...alert, fingerprint, labels };
};
const trouble = (...all: readonly Labels[]): Incident =>
  all.map((labels, index) => labelled(labels, `f${index}`)).reduce<Incident>(withAlert, { ...incident(), alerts: [] });
const quiet: readonly Labels[] = Array.from({ length: 100 }, () => ({ alertname: "HighErrorRate" }));

test("a person acts, a person approves, or Remit may act alone", () => {
  expect(classTier).toEqual({ "human-only": "suggest", "semi-safe": "propose", safe: "merge" });
});

test("it says which label, as it was compared", () => {
  expect(classByLabels(trouble({ Alert_Class: "Data Loss" }))).toEqual({
    class: "human-only",
    why: "an alert is labelled alert_class: data-loss",
  });
  expect(classByLabels(trouble({ Type: "Semi_Safe" })).class).toBe("semi-safe");
});

test("what is labelled otherwise, and what isn't known, is as safe as what says nothing", () => {
  const safe = { class: "safe", why: "no label keeps it to people" };
  expect(classByLabels(trouble({ team: "security", class: "cheap" }))).toEqual(safe);
  expect(classByLabels(undefined)).toEqual(safe);
});

test("of several alerts the lowest class counts, whichever comes first", () => {
  expect(classByLabels(trouble({ class: "semi-safe" }, { class: "security" })).class).toBe("human-only");
  expect(classByLabels(trouble({ class: "security" }, { class: "semi-safe" })).class).toBe("human-only");
});

test("what is over says nothing", () => {
  const over = { ...labelled({ class: "security" }, "f0"), status: "resolved", resolvedAt: 1 } as const;
  expect(classByLabels({ ...incident(), alerts: [over] }).class).toBe("safe");
});

test("an alert beyond those that are listed keeps the incident to people all the same", () => {
  expect(classByLabels(trouble(...quiet, { class: "security" })).class).toBe("human-only");
});

test("so does one whose like is listed, when all of those have resolved", () => {
  const secure: readonly Labels[] = Array.from({ length: 100 }, () => ({ class: "security" }));
  const all = trouble(...secure, { class: "security" });
  const ended = all.alerts.map((each) => ({ ...each, status: "resolved", resolvedAt: each.startsAt + 1 }) as const);
  expect(classByLabels(ended.reduce<Incident>(withAlert, all))).toEqual({
    class: "human-only",
    why: "an alert is labelled class: security",
  });
});
