import { describe, expect, test } from "vitest";
import type { FileChange } from "../../../src/actions/candidate.ts";
import { type CompareInput, compareEffect } from "../../../src/actions/effect/compare-effect.ts";
import { declaredChanges } from "../../../src/actions/effect/declared-changes.ts";
import { objectDifferences } from "../../../src/gitops/rendering/object-differences.ts";
import { renderedObjects } from "../../../src/gitops/rendering/rendered-object.ts";

const object = (body: string, kind = "Deployment") =>
  `apiVersion: apps/v1\nkind: ${kind}\nmetadata: {name: checkout}\n${body}\n`;

interface Given {
  /** Of values.yaml unless said otherwise. */
  readonly change: readonly [before: string, after: string];
  readonly path?: string;
  /** What is rendered, on both sides. */
  readonly render: readonly [before: string, after: string];
  readonly more?: Partial<CompareInput>;
}

function compare({ change: [before, after], path = "values.yaml", render, more }: Given): readonly string[] {
  const files: readonly FileChange[] = [{ path, before, after }];
  const [old = [], fresh = []] = render.map((text) => renderedObjects(text) ?? []);
  const { differences } = objectDifferences(old, fresh);
  const root = { name: "overlay", own: true, differences, goesBack: () => false };
  const compared = compareEffect({
    declared: declaredChanges(files),
    roots: [root],
    complete: true,
    stranger: () => undefined,
    ...more,
  });
  if (compared.outcome === "differs") return [compared.reason.code];
  return compared.effects.map(({ field, from, to }) => `${field}: ${from} → ${to}`);
}

const both = (before: string, after: string) => [object(before), object(after)] as const;

describe("what follows from a declared value", () => {
  test.each<[string, Given, string]>([
    [
      "is the value itself",
      { change: ["replicas: 2", "replicas: 5"], render: both("spec: {replicas: 2}", "spec: {replicas: 5}") },
      "spec.replicas: 2 → 5",
    ],
    [
      "is the same number in another spelling",
      { change: ["weight: 10", "weight: 50"], render: both("spec: {weight: 10.0}", "spec: {weight: 50}") },
      "spec.weight: 10.0 → 50",
    ],
    [
      "takes the place of a default",
      { change: ["a: b", "a: b\nreplicas: 5"], render: both("spec: {replicas: 3}", "spec: {replicas: 5}") },
      "spec.replicas: 3 → 5",
    ],
    [
      "leaves its place to a default",
      { change: ["a: b\nreplicas: 5", "a: b"], render: both("spec: {replicas: 5}", "spec: {replicas: 3}") },
      "spec.replicas: 5 → 3",
    ],
    [
      "is a part of an image",
      {
        change: ["tag: v2", "tag: v1"],
        render: both("spec: {image: r.io/v2/app:v2}", "spec: {image: r.io/v2/app:v1}"),
      },
      "spec.image: r.io/v2/app:v2 → r.io/v2/app:v1",
    ],
    [
      "is several parts of it",
      {
        change: [`newTag: v2\ndigest: sha256:${"a".repeat(64)}`, "newTag: v1"],
        path: "kustomization.yaml",
        render: both(`spec: {image: "app:v2@sha256:${"a".repeat(64)}"}`, "spec: {image: app:v1}"),
      },
      `spec.image: app:v2@sha256:${"a".repeat(64)} → app:v1`,
    ],
    [
      "stands inside a longer text",
      {
        change: ["count: 2", "count: 5"],
        render: both("spec: {args: [--x=2, --count=2]}", "spec: {args: [--x=2, --count=5]}"),
      },
      "spec.args.1: --count=2 → --count=5",
    ],
    [
      "is a line of a text",
      {
        change: ["A=1\nB=2\n", "A=1\nB=3\n"],
        path: "app.env",
        render: [object('data: {f: "A=1\\nB=2\\n"}', "ConfigMap"), object('data: {f: "A=1\\nB=3\\n"}', "ConfigMap")],
      },
      "data.f: A=1\nB=2\n → A=1\nB=3\n",
    ],
    [
      "is a whole file",
      {
        change: ["old\n", "new\nlines\n"],
        path: "nginx.conf",
        render: [object('data: {f: "old\\n"}', "ConfigMap"), object('data: {f: "new\\nlines\\n"}', "ConfigMap")],
      },
      "data.f: old\n → new\nlines\n",
    ],
  ])("%s", (_, given, expected) => {
    expect(compare(given)).toEqual([expected]);
  });

  test("comes with nothing else", () => {
    const change = ["replicas: 2", "replicas: 5"] as const;
    const wider = (before: string, after: string) => compare({ change, render: both(before, after) });
    expect(wider("spec: {replicas: 2, procs: 4}", "spec: {replicas: 5, procs: 10}")).toEqual(["wider-than-declared"]);
    expect(wider("spec: {replicas: 2}", "spec: {replicas: 5, extra: true}")).toEqual(["wider-than-declared"]);
    expect(wider("spec: {replicas: 2, extra: true}", "spec: {replicas: 5}")).toEqual(["wider-than-declared"]);
    expect(wider("spec: {replicas: 2}", "spec: {replicas: 6}")).toEqual(["wider-than-declared"]);
    const image = {
      change: ["tag: v2", "tag: v1"] as const,
      render: both("spec: {image: a:v2}", "spec: {image: b:v1}"),
    };
    expect(compare(image)).toEqual(["wider-than-declared"]);
    // An empty line that comes with a change explains no empty value.
    const blank = { change: ["a=1\n", "a=2\n\n"] as const, path: "a.env" };
    expect(compare({ ...blank, render: both("spec: {a: 1, b: x}", 'spec: {a: 2, b: ""}') })).toEqual([
      "wider-than-declared",
    ]);
  });

  test("is of no other target", () => {
    const given: Given = {
      change: ["replicas: 2", "replicas: 5"],
      render: both("spec: {replicas: 2}", "spec: {replicas: 5}"),
    };
    expect(compare({ ...given, more: { stranger: () => "cart" } })).toEqual(["wider-than-declared"]);
  });
});

describe("what is declared must be seen", () => {
  const unchanged = both("spec: {replicas: 2, image: a:v2}", "spec: {replicas: 2, image: a:v2}");

  test("something of it at all", () => {
    expect(compare({ change: ["note: a", "note: b"], render: unchanged })).toEqual(["shadowed-in-render"]);
  });

  test("each thing that matters, and a value that nothing uses needn't be", () => {
    const render = both("spec: {replicas: 2, image: a:v2}", "spec: {replicas: 2, image: a:v1}");
    expect(compare({ change: ["tag: v2\nreplicas: 2", "tag: v1\nreplicas: 5"], render })).toEqual([
      "shadowed-in-render",
    ]);
    expect(compare({ change: ["tag: v2\nnote: a", "tag: v1\nnote: b"], render })).toEqual(["spec.image: a:v2 → a:v1"]);
  });

  test("a value in a text is seen where its line is", () => {
    const text = (tag: string, mode: string) => `image:\n  tag: ${tag}\nmode: ${mode}\n`;
    const config = (value: string) => object(`data: {f: ${JSON.stringify(value)}}`, "ConfigMap");
    const change = [text("v2", "slow"), text("v1", "fast")] as const;
    const shown = (before: string, after: string) => compare({ change, render: [config(before), config(after)] });
    expect(shown(...change)).toEqual([`data.f: ${change[0]} → ${change[1]}`]);
    // Whatever stands around it.
    expect(shown(`# a\n${change[0]}`, `# a\n${change[1]}`)).toHaveLength(1);
    expect(shown(`# a\n${change[0]}`, `# a\n${text("v1", "slow")}`)).toHaveLength(1);
    expect(shown(`# a\n${change[0]}`, `# a\n${text("v2", "fast")}`)).toEqual(["shadowed-in-render"]);
  });

  test("where the target runs: another environment is no place for it", () => {
    const [old, fresh] = both("spec: {replicas: 2}", "spec: {replicas: 5}").map((text) => renderedObjects(text) ?? []);
    const { differences } = objectDifferences(old ?? [], fresh ?? []);
    const goesBack = () => false;
    const roots = [
      { name: "staging", own: false, differences, goesBack },
      { name: "production", own: true, differences: [], goesBack },
    ];
    const given: Given = { change: ["replicas: 2", "replicas: 5"], render: unchanged, more: { roots } };
    expect(compare(given)).toEqual(["shadowed-in-render"]);
    // What couldn't be rendered may be where it is seen.
    expect(compare({ ...given, more: { roots, complete: false } })).toEqual(["spec.replicas: 2 → 5"]);
  });
});

test("what leads back to what stood before the suspect needs no other reason", () => {
  const [old, fresh] = both("spec: {replicas: 2, extra: a}", "spec: {replicas: 5}").map(
    (text) => renderedObjects(text) ?? [],
  );
  const { differences } = objectDifferences(old ?? [], fresh ?? []);
  const roots = [{ name: "overlay", own: true, differences, goesBack: () => true }];
  const given: Given = { change: ["replicas: 2", "replicas: 5"], render: both("a: b", "a: b"), more: { roots } };
  expect(compare(given)).toEqual(["spec.replicas: 2 → 5", "spec.extra: a → undefined"]);
});

test("what a Secret holds is nobody's to tell", () => {
  const render = [object("data: {a: Mg==}", "Secret"), object("data: {a: NQ==}", "Secret")] as const;
  expect(compare({ change: ["a: Mg==", "a: NQ=="], render })).toEqual(["data.a: (secret) → (secret)"]);
});
