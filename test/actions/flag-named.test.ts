import { describe, expect, test } from "vitest";
import type { ActionInput } from "../../src/actions/action.ts";
import type { ActionResult } from "../../src/actions/candidate.ts";
import { parseCommand } from "../../src/actions/commands/parse-command.ts";
import type { Field } from "../../src/gitops/catalogue/catalogue.ts";
import { catalogueOf, type Files } from "../gitops/catalogue/catalogue-of.ts";
import { changedBy, culprit } from "./changed-by.ts";
import { noon, onPaper, refusals, textsOf } from "./on-paper.ts";

const directory = "apps/checkout/production";
const flagd =
  "flags:\n  new-cart:\n    state: ENABLED\n    variants: {a: true, b: false}\n    defaultVariant: a\n    targeting: {}\n";
const flipt = (namespace: string, on: boolean) =>
  `namespace: ${namespace}\nflags:\n  - key: new-cart\n    enabled: ${on}\n`;

function turned(files: Files, words: string, change: Partial<ActionInput> = {}): ActionResult {
  const line = `/remit flag ${words}`;
  const parsed = parseCommand(line);
  if (parsed.outcome === "mistake") throw new Error(parsed.mistake.message);
  // A namespace may be the flag's own, and then it finds no service.
  const { command } = parsed;
  return onPaper(files, "/remit flag x off --service checkout", { command, ...change });
}

const messages = (result: ActionResult) => (result.outcome === "refused" ? result.reasons : []);
const entryOf = (files: Files) => {
  const [entry] = catalogueOf(files).targets;
  if (entry === undefined) throw new Error("no target");
  return entry;
};
const without = (files: Files, isLost: (field: Field) => boolean) => {
  const entry = entryOf(files);
  return { entry: { ...entry, fields: entry.fields.filter((field) => !isLost(field)) } };
};

describe("which flag is meant", () => {
  test("a flag without a namespace isn't preferred where none is named", () => {
    const files = { [`${directory}/a.yaml`]: flipt("shop", true), [`${directory}/b.yaml`]: flagd };
    expect(refusals(turned(files, "new-cart off"))).toEqual(["target-ambiguous"]);
  });

  test("a namespace chooses the file, too", () => {
    const files = { [`${directory}/a.yaml`]: flipt("shop", true), [`${directory}/b.yaml`]: flipt("pay", true) };
    const b = `${directory}/b.yaml`;
    expect(textsOf(turned(files, "new-cart off --namespace pay"))).toEqual({ [b]: flipt("pay", false) });
  });

  test("a switch that another layer wins over is found where no other is, and that is told", () => {
    const path = `${directory}/values.yaml`;
    const { fields, ...entry } = entryOf({ [path]: "newCart: true\n" });
    const shadowed = fields.map((field) => ({ ...field, shadowedBy: { file: "other.yaml", line: 1, why: "it wins" } }));
    const result = turned({ [path]: "newCart: true\n" }, "newCart off", { entry: { ...entry, fields: shadowed } });
    expect(textsOf(result)).toEqual({ [path]: "newCart: false\n" });
    expect(result).toMatchObject({ candidate: { risks: [{ code: "shadowed-field" }] } });
  });

  test("of too many the first five are told", () => {
    const path = `${directory}/values.yaml`;
    const text = ["a", "b", "c", "d", "e", "f"].map((name) => `${name}:\n  newCart: true\n`).join("");
    const places = ["a", "b", "c", "d", "e"].map((name, index) => `${name}.newCart in ${path}:${index * 2 + 2}`);
    expect(messages(turned({ [path]: text }, "newCart off"))).toEqual([
      {
        code: "target-ambiguous",
        message: `several flags could be meant (${places.join(", ")}): write more of its path`,
      },
    ]);
  });

  test("of an unknown one the nearest is told, where one is near", () => {
    const files = { [`${directory}/app.env`]: "NEW_CART=true\n" };
    const told = (name: string) => messages(turned(files, `${name} off`));
    const none = "checkout in production has no flag";
    expect(told("NEW_CRAT")).toEqual([{ code: "flag-unknown", message: `${none} NEW_CRAT; did you mean NEW_CART?` }]);
    expect(told("zebra")).toEqual([{ code: "flag-unknown", message: `${none} zebra` }]);
  });

  test("nothing changes where a part of it isn't the target's", () => {
    const files = { [`${directory}/flagd.yaml`]: flagd };
    expect(refusals(turned(files, "new-cart off"))).toEqual(["candidate"]);
    const lost = without(files, ({ path }) => path.at(-1) === "defaultVariant");
    expect(messages(turned(files, "new-cart off", lost))).toEqual([
      { code: "edit-not-found", message: "a part of the flag isn't the target's own" },
    ]);
  });
});

describe("what is written", () => {
  test("is the layer that decides, with a namespace that no flag is in", () => {
    const files = {
      "apps/checkout/values.yaml": "newCart: true\n",
      "apps/checkout/values-production.yaml": "newCart: true\n",
    };
    const entry = catalogueOf(files).targets.find(({ target }) => target.environment === "production");
    if (entry === undefined) throw new Error("no target in production");
    expect(textsOf(turned(files, "newCart off --namespace shop", { entry }))).toEqual({
      "apps/checkout/values-production.yaml": "newCart: false\n",
    });
  });

  test("is the document of the namespace that was named", () => {
    const path = `${directory}/flipt.yaml`;
    const text = (on: boolean) => `${flipt("shop", true)}---\n${flipt("pay", on)}`;
    expect(textsOf(turned({ [path]: text(true) }, "new-cart off --namespace pay"))).toEqual({ [path]: text(false) });
  });

  test("is an entry of its own where the format wants one", () => {
    const path = `${directory}/goff.yaml`;
    const text = "new-cart:\n  variations: {A: true, B: false}\n  defaultRule: {variation: A}\n";
    expect(textsOf(turned({ [path]: text }, "new-cart off"))).toEqual({
      [path]: text.replace("new-cart:\n", "new-cart:\n  disable: true\n"),
    });
  });

  test("is nothing where the flag has no such variant, or is text inside another value", () => {
    const files = { [`${directory}/flagd.yaml`]: flagd };
    expect(refusals(turned(files, "new-cart blue"))).toEqual(["flag-variant-unknown"]);
    const path = `${directory}/config.yaml`;
    const inside = flagd.replaceAll(/^/gm, "    ").trimEnd();
    const text = `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: checkout}\ndata:\n  flags.yaml: |\n${inside}\n`;
    expect(refusals(turned({ [path]: text }, "new-cart off"))).toEqual(["edit-block-scalar"]);
  });
});

describe("what a person asks for", () => {
  const path = `${directory}/app.env`;
  const files = { [path]: "NEW_CART=true\n" };

  test("is as sure as can be, and says whose idea it was", () => {
    const result = turned(files, "NEW_CART off");
    expect(result).toMatchObject({
      candidate: {
        action: "flag",
        title: "turn the flag NEW_CART off for checkout in production",
        confidence: 1,
        reasons: [{ code: "asked" }],
        suspect: undefined,
      },
    });
    expect(result.outcome === "candidate" && "lease" in result.candidate).toBe(false);
  });

  test("is for a while where they say so", () => {
    expect(turned(files, "NEW_CART off --for 2h")).toMatchObject({
      candidate: { lease: { expiresAt: noon + 2 * 60 * 60_000, why: "the flag is turned for a while" } },
    });
  });

  test("goes back before the newest change of the value, whatever became of comments since", () => {
    const [field] = entryOf(files).fields;
    if (field === undefined) throw new Error("no field");
    const change = changedBy(field, { before: "No", after: "true" });
    const comments = { ...changedBy(field, { before: "x", after: "y" }), text: "comments" as const };
    const result = turned(files, "NEW_CART previous", { changes: [comments, change] });
    expect(textsOf(result)).toEqual({ [path]: "NEW_CART=No\n" });
    expect(result).toMatchObject({
      candidate: {
        title: "turn the flag NEW_CART back for checkout in production",
        reasons: [{ code: "asked" }],
        risks: [],
        suspect: culprit,
      },
    });
  });

  test("goes back by one commit, and not where somebody has changed it since", () => {
    const [field] = entryOf(files).fields;
    if (field === undefined) throw new Error("no field");
    const newest = changedBy(field, { before: "no", after: "true" });
    const older = changedBy(field, { before: "yes", after: "no" });
    const changes = [newest, { ...older, commit: { ...older.commit, id: "d".repeat(40) } }];
    expect(textsOf(turned(files, "NEW_CART previous", { changes }))).toEqual({ [path]: "NEW_CART=no\n" });
    const drifted = changes.map((change) => ({ ...change, after: "on" }));
    expect(refusals(turned(files, "NEW_CART previous", { changes: drifted }))).toEqual(["value-drifted"]);
  });

  test("goes back to nothing where no change is known", () => {
    expect(messages(turned(files, "NEW_CART previous"))).toEqual([
      { code: "no-recent-change", message: "no change of NEW_CART is known, so what it was isn't either" },
    ]);
  });
});
