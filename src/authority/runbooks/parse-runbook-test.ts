/** Reads one file of runbook tests. It says what is wrong with the form; whether the files exist is for whoever runs it. */
import type { Node } from "yaml";
import { type ReasonCode, reasonCodes } from "../../reason.ts";
import type { PolicyReader } from "../policy-reader.ts";
import { type ReadPolicy, readPolicy } from "../read-policy.ts";
import { type Tier, tiers } from "../verdict.ts";
import type { RunbookTest, RunbookTestCase } from "./runbook-test.ts";

/** Relative, below the test's own directory. The same text stands in the JSON Schema. */
export const testPathPattern = "(?!/)(?!(?:.*/)?\\.\\.(?:/|$))[^\\\\\\u0000-\\u001f]+";
export const momentPattern = "[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z";

export function parseRunbookTest(text: string, file: string): ReadPolicy<RunbookTest> {
  return readPolicy(text, { file, kind: "RunbookTest", nameless: true }, (reader, name, node) => {
    const cases = node && reader.mapping(node, "spec", { required: ["cases"], optional: [] })?.get("cases");
    const items = (cases && reader.list(cases, "cases", 1)) ?? [];
    return { name, cases: items.map((item) => readCase(reader, item)) };
  });
}

function readCase(reader: PolicyReader, node: Node): RunbookTestCase {
  const one = reader.mapping(node, "a case", { required: ["name", "given", "expect"], optional: [] });
  const name = one?.get("name");
  return {
    name: (name && reader.text(name, "name", /\S/, "a sentence")) ?? "",
    given: readGiven(reader, one?.get("given")),
    expect: readExpect(reader, one?.get("expect")),
  };
}

const triggers = ["alert", "deployment", "command"] as const;

function readGiven(reader: PolicyReader, node: Node | undefined): RunbookTestCase["given"] {
  const keys = { required: ["repository", "at"], optional: [...triggers, "history", "ledger"] };
  const given = node && reader.mapping(node, "given", keys);
  const named = triggers.filter((key) => given?.has(key)).length;
  if (node && given && named !== 1) {
    const message = `given names ${named === 0 ? "none" : "more than one"} of alert, deployment and command`;
    reader.mistake(node, message, "exactly one of them");
  }
  const command = given?.get("command");
  const at = given?.get("at");
  const path = (key: string) => readPath(reader, given?.get(key), key);
  return {
    alert: path("alert"),
    deployment: path("deployment"),
    command:
      command && reader.text(command, "command", /^[^\n\r]*\S[^\n\r]*$/, "one line, such as /remit rollback checkout"),
    repository: path("repository") ?? "",
    history: path("history"),
    ledger: path("ledger"),
    at:
      (at && reader.parsed(at, "at", parseMoment, 'a moment in UTC and in quotes, such as "2026-11-20T17:00:00Z"')) ??
      0,
  };
}

function readExpect(reader: PolicyReader, node: Node | undefined): RunbookTestCase["expect"] {
  const expect =
    node && reader.mapping(node, "expect", { required: ["outcome"], optional: ["tier", "reasons", "diff"] });
  const outcome = expect?.get("outcome");
  const tier = expect?.get("tier");
  const reasons = expect?.get("reasons");
  return {
    outcome: (outcome && reader.word(outcome, "outcome", ["change", "abstain"] as const)) ?? "abstain",
    tier: tier && reader.word<Tier>(tier, "tier", tiers),
    reasons: ((reasons && reader.list(reasons, "reasons", 1)) ?? []).flatMap(
      (item) => reader.word<ReasonCode>(item, "reasons", reasonCodes) ?? [],
    ),
    diff: readPath(reader, expect?.get("diff"), "diff"),
  };
}

function readPath(reader: PolicyReader, node: Node | undefined, key: string): string | undefined {
  return node && reader.text(node, key, new RegExp(`^${testPathPattern}$`), "a path below this file's directory");
}

export function parseMoment(text: string): number | undefined {
  if (!new RegExp(`^${momentPattern}$`).test(text)) return undefined;
  const at = Date.parse(text);
  return Number.isNaN(at) ? undefined : at;
}
