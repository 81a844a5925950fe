/** That a JSON Schema and the parser of its kind say the same, about good documents and about broken ones. */
import { readFileSync } from "node:fs";
import Ajv from "ajv";
import fc from "fast-check";
import { expect } from "vitest";
import type { PolicyMistake } from "../../src/authority/policy-mistake.ts";

/** Answers what the parser has against the document. */
export type Parse = (text: string) => readonly PolicyMistake[];

export const readPack = (path: string) => readFileSync(new URL(`../../policies/${path}`, import.meta.url), "utf8");
export const readSchema = (kind: string) => JSON.parse(readPack(`schemas/${kind}.schema.json`));

/** What no JSON Schema can say: is it an expression, a schedule, a time zone, a code, a day of the calendar, an action's second step? */
const beyondSchema =
  /^(?:expression can't be used|steps name an action twice|(?:schedule|timeZone|reasons|at) can't be)/;

export function agreesOnGood(kind: string, parse: Parse, documents: fc.Arbitrary<unknown>): void {
  const validate = compile(kind);
  fc.assert(
    fc.property(documents, (document) => {
      expect(parse(JSON.stringify(document))).toEqual([]);
      expect(validate(document)).toBe(true);
    }),
  );
}

/** What the parser accepts the schema accepts; and what the schema accepts the parser refuses only for what a schema can't say. */
export function agreesOnBroken(kind: string, parse: Parse, documents: fc.Arbitrary<unknown>): void {
  const validate = compile(kind);
  fc.assert(
    fc.property(documents, fc.array(anyMutation, { minLength: 1, maxLength: 2 }), (document, mutations) => {
      const mutant = JSON.parse(JSON.stringify(mutations.reduce(mutate, document)));
      const mistakes = parse(JSON.stringify(mutant));
      const accepted = validate(mutant);
      if (mistakes.length === 0) expect(accepted).toBe(true);
      if (accepted) expect(mistakes.filter(({ message }) => !beyondSchema.test(message))).toEqual([]);
    }),
    { numRuns: 600 },
  );
}

function compile(kind: string) {
  return new Ajv.default({ strict: true, strictRequired: false }).compile(readSchema(kind));
}

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
  ...[
    "audit",
    "warn",
    "deny",
    "allow",
    "* * * * *",
    "0 16 * * 5",
    "60 * * * *",
    "0 0 * *",
    "UTC",
    "Europe/Nowhere",
    "+01:00",
  ],
  ...["incident.firingFor >= 120", "incident.firingfor >= 1", "incident.alerts", "'a'.matches('b')", "true"],
  ...["95%", "89%", "100%", "9.5%", "59s", "60s", "1m", "safe", "human-only", "acme/oncall", "@alice", "HighErrorRate"],
  ...["../x", "a/../b", "/etc", "golden/x.diff", "2026-11-20T17:00:00Z", "2026-13-40T17:00:00Z", "change", "freeze"],
  ...["name", "a b", "A", "", " ", "check*", "deadbeefcafe", "DEADBEEFCAFE", "remit.dev/v1alpha1", "Authority", "true"],
);
const anyValue = fc.oneof(
  word,
  fc.constantFrom<unknown>(null, true, 0, 1, 1.5, 3, -1, 101, 1001, 2 ** 53, [], {}, ["*"], ["*", "*"], ["a", "a"]),
  fc.jsonValue({ maxDepth: 2 }),
);
const anyKey = fc.constantFrom(
  ...["name", "match", "tier", "services", "actions", "limits", "requires", "when", "freeze", "files", "vetoWindow"],
  ...[
    "perService",
    "cooldown",
    "namespaces",
    "mode",
    "duration",
    "timeZone",
    "schedule",
    "kind",
    "class",
    "steps",
    "on",
  ],
  ...[
    "alerts",
    "within",
    "recovered",
    "consecutive",
    "to",
    "command",
    "alert",
    "deployment",
    "history",
    "diff",
    "at",
    "maxAge",
    "targets",
    "pin",
    "action",
  ],
  ...["__proto__", "constructor", "grant", "barriers", "values", "commits", "reason"],
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
