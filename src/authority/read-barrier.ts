import type { Node } from "yaml";
import type { Barrier } from "../actions/barrier.ts";
import type { PolicyReader } from "./policy-reader.ts";

/** A barrier holds for all services unless it names some. It bars values, commits, or both. */
export function readBarrier(reader: PolicyReader, node: Node): Barrier {
  const keys = { required: ["reason"], optional: ["services", "values", "commits"] };
  const barrier = reader.mapping(node, "a barrier", keys);
  const reason = barrier?.get("reason");
  if (barrier !== undefined && !barrier.has("values") && !barrier.has("commits")) {
    reader.mistake(node, "a barrier bars nothing", "values, commits, or both");
  }
  const texts = (key: string, pattern: RegExp, expected: string) => {
    const list = barrier?.get(key);
    const items = (list && reader.list(list, key, 1)) ?? [];
    return items.flatMap((item) => reader.text(item, key, pattern, expected) ?? []);
  };
  return {
    services: texts("services", /^[^*\s]+$/, "an exact name (leave services out for all)"),
    values: texts("values", /\S/, 'a value in quotes, such as "1.10"'),
    commits: texts("commits", /^[0-9a-f]{12,64}$/, "at least 12 lower-case hex digits of a commit"),
    reason: (reason && reader.text(reason, "reason", /\S/, "a sentence")) ?? "",
  };
}
