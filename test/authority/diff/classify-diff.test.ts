import { describe, expect, test } from "vitest";
import { classifyDiff } from "../../../src/authority/diff/classify-diff.ts";
import type { DiffFile, DiffSide } from "../../../src/authority/diff/diff-file.ts";
import type { Catalogue, FieldPath } from "../../../src/gitops/catalogue/catalogue.ts";
import type { Target } from "../../../src/target.ts";

const target = (service: string, environment = "production"): Target => ({
  service,
  environment,
  namespace: undefined,
});
const [cart, checkout] = [target("cart"), target("checkout")];
const staging = target("checkout", "staging");

/** Whoever holds which part of which file. */
type Held = Readonly<Record<string, readonly (readonly [Target, FieldPath])[]>>;
const catalogueOf = (held: Held): Catalogue => ({
  targets: [],
  controllers: [],
  diagnostics: [],
  holders: (file) =>
    (held[file] ?? []).map(([holder, path]) => ({ target: holder, scopes: [{ file, document: 0, path }] })),
});

const side = (text: string, mode = "100644"): DiffSide => ({ mode, text });
const absent: DiffSide = { mode: "000000", text: undefined };
const set = (path: string, before = "tag: v1\n", after = "tag: v2\n"): DiffFile => ({
  path,
  before: side(before),
  after: side(after),
});
const held: Held = {
  "a.yaml": [[checkout, []]],
  "b.yaml": [
    [checkout, ["tag"]],
    [cart, ["tag"]],
    [staging, ["other"]],
  ],
  "c.yaml": [[cart, []]],
};
const base = catalogueOf(held);
const classified = (files: readonly DiffFile[], head = base) => classifyDiff({ files, base, head });
const codes = (reasons: readonly { readonly code: string }[]) => reasons.map(({ code }) => code);
const names = (targets: readonly Target[]) => targets.map(({ service, environment }) => `${service}/${environment}`);

test("a value that is set for one target is told with it, and nothing speaks against it", () => {
  expect(classified([set("a.yaml")])).toEqual({
    changes: [
      {
        kind: "value-set",
        file: "a.yaml",
        line: 1,
        object: undefined,
        path: ["tag"],
        role: "image-tag",
        from: "v1",
        to: "v2",
        targets: [checkout],
      },
    ],
    files: 1,
    lines: 1,
    denied: [],
    unclear: [],
    hazards: [],
    targets: [checkout],
  });
});

test("nothing is the whole of an empty diff", () => {
  const nothing = { changes: [], files: 0, lines: 0, denied: [], unclear: [], hazards: [], targets: [] };
  expect(classified([])).toEqual(nothing);
});

describe("the targets", () => {
  test("are all those of every change, each once, by their names", () => {
    const { targets } = classified([
      set("a.yaml"),
      set("b.yaml"),
      set("c.yaml"),
      set("b.yaml", "other: 1", "other: 2"),
    ]);
    expect(names(targets)).toEqual(["cart/production", "checkout/production", "checkout/staging"]);
    const backwards = classified([set("b.yaml", "other: 1", "other: 2"), set("a.yaml"), set("c.yaml")]);
    expect(names(backwards.targets)).toEqual(names(targets));
  });

  test("of a change are those that hold what changes", () => {
    const file = set("b.yaml", "tag: v1\nother: a\nmore: a\n", "tag: v1\nother: b\nmore: b\n");
    expect(classified([file]).changes.map(({ path, targets }) => [path, names(targets)])).toEqual([
      [["other"], ["checkout/staging"]],
      [["more"], []],
    ]);
  });

  test("of an object that comes are all that hold a part of its file", () => {
    const [change] = classified([set("b.yaml", "tag: v1\n", "tag: v1\n---\nmore: 1\n")]).changes;
    expect(change).toMatchObject({ kind: "object-added", path: [] });
    expect(names(change?.targets ?? [])).toEqual(["checkout/production", "cart/production", "checkout/staging"]);
  });

  test("of a value are those of the base, even where the head has others", () => {
    expect(names(classified([set("a.yaml")], catalogueOf({ "a.yaml": [[cart, []]] })).targets)).toEqual([
      "checkout/production",
    ]);
  });

  test("of a file that comes are those of the head, and of one that goes those of the base", () => {
    const head = catalogueOf({ "new.yaml": [[cart, ["tag"]]] });
    const came = classified([{ path: "new.yaml", before: absent, after: side("tag: v1\n") }], head);
    expect(came.changes).toEqual([
      {
        kind: "file-added",
        file: "new.yaml",
        line: undefined,
        object: undefined,
        path: [],
        role: undefined,
        from: undefined,
        to: undefined,
        targets: [cart],
      },
    ]);
    const went = classified([{ path: "a.yaml", before: side("tag: v1\n"), after: absent }], head);
    expect(went.changes).toMatchObject([{ kind: "file-removed", targets: [checkout] }]);
  });

  test("of another mode are those of both sides, and the values are told beside it", () => {
    const file = { path: "a.yaml", before: side("tag: v1\n"), after: side("tag: v2\n", "100755") };
    const { changes } = classified([file], catalogueOf({ "a.yaml": [[cart, []]] }));
    expect(changes).toMatchObject([
      { kind: "mode-changed", from: "100644", to: "100755", line: undefined, targets: [cart, checkout] },
      { kind: "value-set", path: ["tag"], targets: [checkout] },
    ]);
  });
});

describe("a file that is renamed", () => {
  const [from, to] = [
    { path: "a.yaml", before: side("tag: v1\n"), after: absent },
    { path: "new.yaml", before: absent, after: side("tag: v1\n") },
  ];
  test.each([
    ["", [from, to]],
    [", in whatever order git tells it", [to, from]],
  ])("is one change of all that held it and hold it now%s", (_, files) => {
    const { changes, unclear } = classified(files, catalogueOf({ "new.yaml": [[cart, []]] }));
    expect(changes).toEqual([
      {
        kind: "file-renamed",
        file: "new.yaml",
        line: undefined,
        object: undefined,
        path: [],
        role: undefined,
        from: "a.yaml",
        to: "new.yaml",
        targets: [cart, checkout],
      },
    ]);
    expect(unclear).toContainEqual({ code: "file-renamed", message: "a file is renamed (new.yaml)" });
  });
});

describe("what isn't clear", () => {
  test("is told once for each reason, by the first file", () => {
    const { unclear } = classified([set("a.yaml", "a: 1\n", "a: 1 # x\n"), set("c.yaml", "a: 1\n", "a: 1 # x\n")]);
    expect(unclear).toEqual([
      {
        code: "layout-changed",
        message: "more changes than the values: comments, order, quotes or white space (a.yaml)",
      },
      { code: "edit-not-proved", message: "a second parser doesn't confirm that only these values change (a.yaml)" },
    ]);
  });

  test("is a change of no known target, whatever else changes", () => {
    const { unclear } = classified([set("a.yaml"), set("x.yaml"), set("y.yaml")]);
    expect(unclear).toEqual([
      { code: "target-unknown", message: "no target is known to be determined by what changes (x.yaml)" },
    ]);
  });

  test.each([
    ["a value that is set", set("a.yaml"), []],
    ["a key that comes", set("a.yaml", "a: 1\n", "a: 1\nb: 2\n"), ["edit-not-proved"]],
    ["a number that becomes a text", set("a.yaml", "a: 1\n", 'a: "1"\n'), ["edit-not-proved"]],
    ["an alias", set("a.yaml", "a: &x 1\n", "a: &x 2\n"), ["edit-alias", "edit-not-proved"]],
  ])("is whatever a second parser doesn't confirm: %s", (_, file, expected) => {
    expect(codes(classified([file]).unclear)).toEqual(expected);
  });

  test("is a change of more files than the second parser is asked about", () => {
    const files = (count: number) => Array.from({ length: count }, () => set("a.yaml"));
    expect(codes(classified(files(10)).unclear)).toEqual([]);
    expect(codes(classified(files(11)).unclear)).toEqual(["edit-not-proved"]);
  });
});

describe("going back wouldn't undo", () => {
  test("a value that several targets share, told once", () => {
    const { hazards } = classified([set("a.yaml"), set("b.yaml"), set("b.yaml")]);
    expect(hazards).toEqual([
      { code: "shared-field", message: "what changes determines several targets at once (b.yaml)" },
    ]);
  });

  test("what can't be changed on an object that exists, told by the first file", () => {
    const job = (command: string) => `apiVersion: batch/v1\nkind: Job\nspec: {template: {command: ${command}}}\n`;
    const { hazards } = classified([
      set("a.yaml", job("a"), job("b")),
      set("c.yaml", job("a"), job("b")),
      set("c.yaml", "rollback-safe: false\na: 1\n", "rollback-safe: false\na: 2\n"),
    ]);
    expect(codes(hazards)).toEqual(["field-immutable", "rollback-unsafe"]);
    expect(hazards[0]?.message).toBe("a field changes that can't be changed on an object that exists (a.yaml)");
  });

  test.each([
    ["by a path", { ...set("db/migrations/a.yaml") }],
    ["by a Job before", set("a.yaml", "kind: Job\nhelm.sh/hook: pre-install\n", "kind: Job\n")],
    ["by a Job after", set("a.yaml", "kind: Job\n", "kind: Job\nhelm.sh/hook: pre-install\n")],
    ["by a Job that comes", { path: "a.yaml", before: absent, after: side("kind: Job\nhelm.sh/hook: x\n") }],
    ["by a Job that goes", { path: "a.yaml", before: side("kind: Job\nhelm.sh/hook: x\n"), after: absent }],
  ])("a migration %s", (_, file) => {
    expect(codes(classified([file]).hazards)[0]).toBe("touches-migration");
  });

  test("no migration of a service that is only called so, unless others change with it", () => {
    const file = set("apps/migrator/values.yaml");
    const migrator = target("migrator");
    const called = (...holders: readonly Target[]) =>
      classifyDiff({
        files: [{ ...file, path: "apps/migrator.yaml" }],
        base: catalogueOf({ "apps/migrator.yaml": holders.map((holder) => [holder, []]) }),
        head: base,
      });
    expect(codes(called(migrator).hazards)).toEqual([]);
    expect(codes(called(cart).hazards)).toEqual(["touches-migration"]);
    expect(codes(called(migrator, cart).hazards)).toEqual(["touches-migration", "shared-field"]);
    expect(codes(called().hazards)).toEqual(["touches-migration"]);
  });
});

test("what is denied is told for every file", () => {
  const { denied } = classified([set("CODEOWNERS"), set("a.yaml"), set(".github/a.yaml")]);
  expect(denied).toEqual([
    {
      code: "path-denied",
      message: "Remit never writes this path: it decides who may change what (CODEOWNERS)",
    },
    { code: "path-denied", message: "Remit never writes this path: it belongs to git or GitHub (.github/a.yaml)" },
  ]);
});

test("lines are counted over all files", () => {
  const { files, lines } = classified([set("a.yaml"), set("c.yaml", "a: 1\nb: 1\n", "a: 2\nb: 2\n")]);
  expect([files, lines]).toEqual([2, 3]);
});
