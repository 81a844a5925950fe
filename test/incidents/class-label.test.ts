import { expect, test } from "vitest";
import { classLabel, lowerClass } from "../../src/incidents/class-label.ts";

test.each([
  ...["class", "category", "alert_class", "alert_category", "incident_class", "type", "CLASS", "Alert_Category"],
])("the label %s says what kind of trouble an alert is about", (key) => {
  expect(classLabel({ [key]: "security" })).toEqual({
    class: "human-only",
    label: `${key.toLowerCase()}: security`,
  });
});

test.each([
  ...["security", "vulnerability", "intrusion", "breach", "malware", "exfiltration", "data-loss", "dataloss"],
  ...["data-corruption", "data-integrity", "backup", "billing", "payment-data", "fraud", "finance", "identity", "iam"],
  ...["authentication", "authorization", "credentials", "secrets", "compliance", "privacy", "ambiguous", "human-only"],
])("%s is for people", (word) => {
  expect(classLabel({ type: word })?.class).toBe("human-only");
});

test.each([
  [{ class: " Data_Loss " }, "class: data-loss"],
  [{ Class: "DATA LOSS" }, "class: data-loss"],
  [{ type: "Data \t_ corruption" }, "type: data-corruption"],
  [{ type: "Semi_Safe" }, "type: semi-safe"],
])("%j is compared as %s", (labels, label) => {
  expect(classLabel(labels)?.label).toBe(label);
});

test.each([{}, { team: "security" }, { class: "cheap" }, { class: "safe" }, { subclass: "security" }, { class: "" }])(
  "%j says nothing",
  (labels) => {
    expect(classLabel(labels)).toBeUndefined();
  },
);

test("of several labels the lowest one counts, whichever comes first", () => {
  expect(classLabel({ class: "semi-safe", type: "security" })?.label).toBe("type: security");
  expect(classLabel({ class: "security", type: "semi-safe" })?.label).toBe("class: security");
  expect(classLabel({ class: "security", type: "fraud" })?.label).toBe("class: security");
});

test("the lower of two classes is the other one where only one is said", () => {
  const semi = classLabel({ class: "semi-safe" });
  const human = classLabel({ class: "security" });
  expect([lowerClass(semi, undefined), lowerClass(undefined, human)]).toEqual([semi, human]);
  expect([lowerClass(semi, human), lowerClass(human, semi), lowerClass(semi, semi)]).toEqual([human, human, semi]);
  expect(lowerClass(undefined, undefined)).toBeUndefined();
  expect(lowerClass(semi, classLabel({ type: "semi-safe" }))).toBe(semi);
  expect(lowerClass(human, classLabel({ class: "fraud" }))).toBe(human);
});
