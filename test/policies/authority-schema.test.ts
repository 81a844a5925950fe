import { readFileSync } from "node:fs";
import Ajv from "ajv";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { actionNames } from "../../src/actions/catalogue.ts";
import { parseAuthority } from "../../src/authority/parse-authority.ts";
import { anyAuthority } from "../authority/any-authority.ts";

const read = (path: string) => readFileSync(new URL(`../../policies/${path}`, import.meta.url), "utf8");
const schema = JSON.parse(read("schemas/authority.schema.json"));
const validate = new Ajv.default({ strict: true, strictRequired: false }).compile(schema);

const parserAccepts = (document: unknown) => {
  const { authority, mistakes } = parseAuthority(JSON.stringify(document), "authority.yaml");
  expect(authority === undefined).toBe(mistakes.length > 0);
  return authority !== undefined;
};

/** Words that belong somewhere in a policy, so that a mutation is often nearly right. */
const word = fc.constantFrom(
  ...[
    "*",
    "rollback",
    "merge",
    "observe",
    "write",
    "admin",
    "30m",
    "0s",
    "8d",
    "169h",
    "168h",
    "10000m",
    "2/24h",
    "2/0s",
  ],
  ...["name", "a b", "A", "", " ", "check*", "deadbeefcafe", "DEADBEEFCAFE", "remit.dev/v1alpha1", "Authority", "true"],
);
const anyValue = fc.oneof(
  word,
  fc.constantFrom<unknown>(null, true, 0, 1, 1.5, 3, -1, 101, 1001, 2 ** 53, [], {}, ["*"], ["*", "*"], ["a", "a"]),
  fc.jsonValue({ maxDepth: 2 }),
);
const anyKey = fc.constantFrom(
  ...["name", "match", "tier", "services", "actions", "limits", "requires", "when", "freeze", "files", "vetoWindow"],
  ...["perService", "cooldown", "__proto__", "constructor", "grant", "barriers", "values", "commits", "reason", "gate"],
);

interface Mutation {
  readonly at: number;
  readonly how: "replace" | "delete" | "add";
  readonly key: string;
  readonly value: unknown;
}
const anyMutation: fc.Arbitrary<Mutation> = fc.record({
  at: fc.nat(60),
  how: fc.constantFrom("replace", "delete", "add"),
  key: anyKey,
  value: anyValue,
});

/** Changes the n-th value inside a document, counted in depth-first order. */
function mutate(document: unknown, { at, how, key, value }: Mutation): unknown {
  let count = at;
  const walk = (node: unknown): unknown => {
    if (Array.isArray(node)) return node.flatMap((item) => change(item).map(([, changed]) => changed));
    if (node === null || typeof node !== "object") return node;
    const entries = Object.entries(node).flatMap(([name, item]) => change(item, name));
    return Object.fromEntries(entries);
  };
  const change = (item: unknown, name = ""): [string, unknown][] => {
    if (count-- !== 0) return [[name, walk(item)]];
    if (how === "delete") return [];
    if (how === "replace") return [[name, value]];
    return [
      [name, item],
      [key, value],
    ];
  };
  return walk(document);
}

describe("the JSON Schema of authority", () => {
  test("both accept every policy that is well formed", () => {
    fc.assert(
      fc.property(anyAuthority, (document) => {
        expect(parserAccepts(document)).toBe(true);
        expect(validate(document)).toBe(true);
      }),
    );
  });

  test("whatever is done to a policy, the parser and the schema agree about it", () => {
    fc.assert(
      fc.property(anyAuthority, fc.array(anyMutation, { minLength: 1, maxLength: 2 }), (document, mutations) => {
        const mutant = JSON.parse(JSON.stringify(mutations.reduce(mutate, document as unknown)));
        expect(parserAccepts(mutant)).toBe(validate(mutant));
      }),
      { numRuns: 1500 },
    );
  });

  test("both know the same actions", () => {
    expect(schema.definitions.grant.properties.match.properties.actions.anyOf[1].items.enum).toEqual(actionNames);
  });
});

describe("the default pack", () => {
  test("it is free of mistakes, and grants no more than to suggest", () => {
    const { authority, mistakes } = parseAuthority(read("authority.yaml"), "authority.yaml");
    expect(mistakes).toEqual([]);
    expect(authority?.grants.map(({ tier }) => tier)).toEqual(["suggest"]);
  });

  test("its examples are free of mistakes once they are uncommented", () => {
    const examples = read("authority.yaml")
      .split("\n")
      .map((line) => line.replace(/^( *)# ( *(?:- )?[a-z]+:(?: .*)?)$/i, "$1$2"))
      .filter((line) => !/^ *#/.test(line))
      .join("\n");
    const { authority, mistakes } = parseAuthority(examples, "authority.yaml");
    expect(mistakes).toEqual([]);
    expect(authority?.grants.map(({ tier }) => tier)).toEqual(["suggest", "propose", "delay"]);
    expect(authority?.barriers).toHaveLength(1);
  });
});
