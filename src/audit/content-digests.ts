/** The digests of what a record says, from its canonical text: parts of a canonical text are canonical. */
import { textDigest } from "../ledger/canonical-json.ts";
import { idOf } from "../ledger/chain.ts";
import type { ContentDigests } from "./ledger.ts";

/** Throws where the text isn't JSON. */
export function contentDigests(text: string): ContentDigests {
  const value: unknown = JSON.parse(text);
  const rest = Object.fromEntries(Object.entries(value ?? {}).filter(([key]) => !place.has(key)));
  return {
    id: idOf(JSON.stringify(rest)),
    inputs: digestOf(memberOf(memberOf(value, "decision"), "inputs")),
    diff: digestOf(memberOf(memberOf(value, "change"), "files")),
  };
}

/** What a record has beside its content. */
const place: ReadonlySet<string> = new Set(["format", "id", "previous", "sequence"]);

function memberOf(value: unknown, key: string): unknown {
  if (value === null || typeof value !== "object") return undefined;
  return Object.entries(value).find(([name]) => name === key)?.[1];
}

function digestOf(value: unknown): string {
  return textDigest(JSON.stringify(value) ?? "");
}
