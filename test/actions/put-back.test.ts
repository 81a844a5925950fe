import { describe, expect, test } from "vitest";
import { putBack } from "../../src/actions/put-back.ts";
import type { Field } from "../../src/gitops/catalogue/catalogue.ts";
import type { FieldChange } from "../../src/gitops/history/field-change.ts";
import type { ChangedFile } from "../../src/gitops/mirror/mirror.ts";
import { catalogueOf } from "../gitops/catalogue/catalogue-of.ts";
import { changedBy } from "./changed-by.ts";

const path = "apps/checkout/production/app.env";
const { targets } = catalogueOf({ [path]: "NEW_CART=true\nOLD_CART=true\nDARK_MODE=true\n" });
const [entry] = targets;
if (entry === undefined) throw new Error("no target");
const own = entry;

const fieldOf = (name: string): Field => {
  const found = own.fields.find((field) => field.path[0] === name);
  if (found === undefined) throw new Error(`no field ${name}`);
  return found;
};
const changed = (name: string, before: string | undefined, files: readonly ChangedFile[] = []): FieldChange => {
  const change = changedBy(fieldOf(name), { before, after: "true" });
  return { ...change, commit: { ...change.commit, files } };
};
const back = (...changes: readonly FieldChange[]) => putBack(own, changes, "the flag NEW_CART");
const touched = (status: "added" | "modified", file = path): ChangedFile => ({
  path: file,
  status,
  modeBefore: status === "added" ? "000000" : "100644",
  modeAfter: "100644",
});
const refusal = (code: string, message: string) => ({ outcome: "refused", reasons: [{ code, message }] });
const [cart, old, dark] = [fieldOf("NEW_CART"), fieldOf("OLD_CART"), fieldOf("DARK_MODE")];

describe("what a commit did to fields goes back", () => {
  test("to the values before it, and what it added goes", () => {
    expect(back(changed("NEW_CART", "No"), changed("OLD_CART", undefined), changed("DARK_MODE", "false"))).toEqual({
      outcome: "edits",
      edits: [
        { kind: "set", field: cart, after: "No" },
        { kind: "remove", field: old },
        { kind: "set", field: dark, after: "false" },
      ],
    });
  });

  test("in a file that it changed, though it added others", () => {
    const files = [touched("modified"), touched("added", "apps/checkout/production/other.env")];
    expect(back(changed("NEW_CART", undefined, files)).outcome).toBe("edits");
  });

  test("in a file that it added, where the field has a value to go back to", () => {
    expect(back(changed("NEW_CART", "No", [touched("added")])).outcome).toBe("edits");
  });
});

describe("nothing of it goes back", () => {
  test("where somebody has set one of its fields since", () => {
    const since = { ...changed("OLD_CART", "No"), after: "yes" };
    expect(back(changed("NEW_CART", "No"), since)).toEqual(
      refusal("value-drifted", "the flag NEW_CART isn't what the change made of it any more"),
    );
  });

  test("where somebody has taken one of them away since", () => {
    const change = changed("NEW_CART", "No");
    expect(back({ ...change, field: { ...cart, path: ["GONE"] } })).toMatchObject({
      reasons: [{ code: "value-drifted" }],
    });
  });

  test("where it took an entry away", () => {
    const gone = { ...changed("NEW_CART", "No"), field: { ...cart, path: ["GONE"] }, after: undefined };
    expect(back(gone)).toEqual(
      refusal("edit-unsupported", "the change took an entry of the flag NEW_CART away: roll it back instead"),
    );
  });

  test("where the field came with its whole file", () => {
    expect(back(changed("NEW_CART", undefined, [touched("added")]))).toEqual(
      refusal("edit-unsupported", "the flag NEW_CART came with its whole file: roll that back instead"),
    );
  });

  test("where several entries came at once", () => {
    expect(back(changed("NEW_CART", undefined), changed("OLD_CART", undefined))).toEqual(
      refusal("edit-unsupported", "the change made the flag NEW_CART anew: roll it back instead"),
    );
  });
});
