import type { Node } from "yaml";
import { actionNames } from "../actions/catalogue.ts";
import type { Match } from "./authority.ts";
import type { PolicyReader } from "./policy-reader.ts";

const selectorPattern = /^(?:\*|[^*\s]+)$/;
/** What a policy selects by. */
export const selectorNames = ["environments", "services", "namespaces", "actions"] as const;

/** The selectors among a mapping's values. One that is left out selects any; an empty one is a mistake. */
export function readSelectors(reader: PolicyReader, values: ReadonlyMap<string, Node> | undefined): Match {
  const selector = (key: (typeof selectorNames)[number]) => {
    const value = values?.get(key);
    return value === undefined ? ["*"] : readSelector(reader, value, key);
  };
  return {
    environments: selector("environments"),
    services: selector("services"),
    namespaces: selector("namespaces"),
    actions: selector("actions"),
  };
}

export function readMatch(reader: PolicyReader, node: Node | undefined): Match {
  const match = node && reader.mapping(node, "match", { required: [], optional: selectorNames });
  if (match?.size === 0) {
    const expected = `at least one of ${selectorNames.join(", ")}`;
    reader.mistake(node, "match selects nothing, and empty never means all", expected);
  }
  return readSelectors(reader, match);
}

function readSelector(reader: PolicyReader, node: Node, name: string): readonly string[] {
  const items = reader.list(node, name, 1) ?? [];
  const expected = name === "actions" ? [...actionNames, "*"] : undefined;
  const values = items.map((item) =>
    expected === undefined
      ? reader.text(item, name, selectorPattern, "an exact name, or * alone for any")
      : reader.word(item, name, expected),
  );
  const known = values.filter((value) => value !== undefined);
  if (known.includes("*") && known.length > 1)
    reader.mistake(node, `${name} names * beside others`, "either * alone, or names");
  else if (new Set(known).size < known.length) reader.mistake(node, `${name} names something twice`);
  return known;
}
