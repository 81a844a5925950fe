import { expect, test } from "vitest";
import { classByLabels } from "../../src/authority/incident-class.ts";
import { incident } from "./decision.ts";

const labelled = (labels: Readonly<Record<string, string>>) => {
  const trouble = incident();
  return classByLabels({ ...trouble, alerts: trouble.alerts.map((alert) => ({ ...alert, labels })) });
};

test.each([
  ...["security", "data-loss", "billing", "identity", "compliance", "privacy", "ambiguous", "human-only"],
  ...[" Data_Loss ", "DATA LOSS", "data__loss", "Data \t corruption"],
])("an alert of class %j is for people", (word) => {
  expect(labelled({ Class: word }).class).toBe("human-only");
});

test("it says which label, as it is compared", () => {
  expect(labelled({ Alert_Class: "Data Loss" }).why).toBe("an alert is labelled alert_class: data-loss");
  expect(labelled({ Type: "Semi_Safe" })).toEqual({ class: "semi-safe", why: "an alert is labelled type: semi-safe" });
});

test("what is labelled otherwise, and what isn't known, is as safe as what says nothing", () => {
  const safe = { class: "safe", why: "no label keeps it to people" };
  expect(labelled({ team: "security", class: "cheap" })).toEqual(safe);
  expect(classByLabels(undefined)).toEqual(safe);
});
