import { describe, expect, test } from "vitest";
import type { ActionInput } from "../../src/actions/action.ts";
import type { FieldChange } from "../../src/gitops/history/field-change.ts";
import { catalogueOf, type Files } from "../gitops/catalogue/catalogue-of.ts";
import { changedBy, culprit, ours, suspicionOf } from "./changed-by.ts";
import { onPaper, refusals, textsOf } from "./on-paper.ts";

function changeOf(files: Files, values: { before: string; after: string }): FieldChange {
  const [field] = catalogueOf(files).targets.flatMap(({ fields }) => fields);
  if (field === undefined) throw new Error("the file has no field");
  return changedBy(field, values);
}

describe("chosen by a runbook", () => {
  const files = { "apps/checkout/production/app.env": "NEW_CART=true\nLOG=1\n" };
  const chosen = (change: FieldChange | undefined, more: Partial<ActionInput> = {}) => {
    const [entry] = catalogueOf(files).targets;
    if (entry === undefined) throw new Error("no target");
    const diagnosis = suspicionOf(entry, change === undefined ? [] : [change]);
    const line = "/remit flag NEW_CART off --service checkout";
    return onPaper(files, line, { command: undefined, diagnosis, ...more });
  };
  const turnedOn = changeOf(files, { before: "false", after: "true" });

  test("a flag that the suspect turned on goes back", () => {
    const result = chosen(turnedOn);
    expect(textsOf(result)).toEqual({ "apps/checkout/production/app.env": "NEW_CART=false\nLOG=1\n" });
    expect(result).toMatchObject({ candidate: { confidence: 0.95, suspect: turnedOn.commit.id } });
  });

  test("without a suspect that turned one, none is", () => {
    expect(refusals(chosen(undefined))).toEqual(["no-recent-change"]);
    const [, log] = catalogueOf(files).targets[0]?.fields ?? [];
    if (log === undefined) throw new Error("no second field");
    expect(refusals(chosen({ ...turnedOn, field: { ...log, role: "other", path: ["LEVEL"] } }))).toEqual([
      "no-recent-change",
    ]);
  });

  test("what else the suspect changed stays, so it is less sure", () => {
    const [entry] = catalogueOf(files).targets;
    const log = entry?.fields[1];
    if (entry === undefined || log === undefined) throw new Error("no second field");
    const level = { ...log, role: "other" as const, path: ["LEVEL"] };
    const diagnosis = suspicionOf(entry, [turnedOn, changedBy(level, { before: "info", after: "debug" })]);
    expect(chosen(turnedOn, { diagnosis })).toMatchObject({ candidate: { confidence: 0.85 } });
  });

  test("what Remit itself turned isn't turned back and forth", () => {
    expect(refusals(chosen(ours(turnedOn)))).toEqual(["flip-flop"]);
  });

  test("a barrier holds here, too", () => {
    const barrier = { services: [], values: [], commits: [culprit], reason: "a fix" };
    expect(refusals(chosen(turnedOn, { barriers: [barrier] }))).toEqual(["target-value-barred"]);
  });

  test("turning something on again is less sure than turning it off", () => {
    const off = { "apps/checkout/production/app.env": "NEW_CART=false\nLOG=1\n" };
    const change = changeOf(off, { before: "true", after: "false" });
    const [entry] = catalogueOf(off).targets;
    if (entry === undefined) throw new Error("no target");
    const result = chosen(change, { entry, files: new Map(Object.entries(off)) });
    expect(result).toMatchObject({ candidate: { confidence: 0.85 } });
  });

  test("nothing is turned where nothing is suspected", () => {
    expect(refusals(chosen(undefined, { diagnosis: undefined }))).toEqual(["no-recent-change"]);
  });

  test("a flag that is text inside another value isn't", () => {
    const flags =
      "    flags:\n      new-cart:\n        state: ENABLED\n        variants: {on: true}\n        defaultVariant: 'on'\n";
    const path = "apps/checkout/production/config.yaml";
    const text = `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: checkout}\ndata:\n  flags.yaml: |\n${flags}`;
    const [entry] = catalogueOf({ [path]: text }).targets;
    const field = entry?.fields.find((each) => each.path.at(-1) === "defaultVariant");
    if (entry === undefined || field === undefined) throw new Error("no field");
    const diagnosis = suspicionOf(entry, [changedBy(field, { before: "off", after: "on" })]);
    expect(refusals(chosen(undefined, { entry, files: new Map([[path, text]]), diagnosis }))).toEqual([
      "no-recent-change",
    ]);
  });

  test("what somebody has turned since stays", () => {
    expect(refusals(chosen({ ...turnedOn, after: "yes" }))).toEqual(["value-drifted"]);
  });
});

describe("chosen by a runbook, of several", () => {
  const path = "apps/checkout/production/app.env";
  const names = ["A", "B", "C", "D", "LEVEL"];
  const text = names.map((name) => `${name}=true\n`).join("");
  const [entry] = catalogueOf({ [path]: text }).targets;
  if (entry === undefined) throw new Error("no target");
  const fieldOf = (name: string) => {
    const field = entry.fields.find((each) => each.path[0] === name);
    if (field === undefined) throw new Error(`no field ${name}`);
    return field;
  };
  const change = (name: string, before: string | undefined) => changedBy(fieldOf(name), { before, after: "true" });
  const chosen = (changes: readonly FieldChange[], more: Partial<ActionInput> = {}) => {
    const diagnosis = suspicionOf(entry, changes);
    return onPaper({ [path]: text }, "/remit flag A off --service checkout", {
      command: undefined,
      diagnosis,
      ...more,
    });
  };

  test.each([
    [["A"], "turn the flag A back for checkout in production"],
    [["A", "B"], "turn the flags A, B back for checkout in production"],
    [["A", "B", "C"], "turn the flags A, B, C back for checkout in production"],
    [["A", "B", "C", "D"], "turn the flags A, B, C, … back for checkout in production"],
  ])("%j: the title names three of them at most", (turned, title) => {
    const result = chosen(turned.map((name) => change(name, "false")));
    expect(result).toMatchObject({ candidate: { title, confidence: 0.95 } });
  });

  test.each([
    ...["true", "On", "yes", "enabled", "1"].map((before) => [before, 0.85] as const),
    ...["false", "no", "one", "blue-on"].map((before) => [before, 0.95] as const),
  ])("one that was %j makes it %d sure", (before, confidence) => {
    expect(chosen([change("A", "false"), change("B", before)])).toMatchObject({
      candidate: { confidence },
    });
  });

  test("one that came with the change goes, barriers or not", () => {
    const barriers = [{ services: [], values: ["v1"], commits: [], reason: "a fix" }];
    const result = chosen([change("A", undefined), change("B", "false")], { barriers });
    expect(textsOf(result)).toEqual({ [path]: text.replace("A=true\n", "").replace("B=true", "B=false") });
    expect(result).toMatchObject({ candidate: { confidence: 0.95 } });
  });

  test("a value that the owners bar isn't gone back to", () => {
    const barriers = [{ services: [], values: ["no"], commits: [], reason: "a fix" }];
    expect(refusals(chosen([change("A", "false"), change("B", "no")], { barriers }))).toEqual(["target-value-barred"]);
    expect(refusals(chosen([change("A", "false")], { barriers }))).toEqual(["candidate"]);
  });

  test("one that Remit itself turned keeps all of them", () => {
    expect(refusals(chosen([change("A", "false"), ours(change("B", "false"))]))).toEqual(["flip-flop"]);
  });
});
