/** A YAML tree as JSON, for programs that are to read exactly what was read here. */
import type { YamlNode } from "../yaml-tree.ts";

/**
 * undefined where two readers of YAML could take it for different things: aliases, tags, keys that repeat or aren't text, numbers
 * that JSON doesn't know, words that YAML 1.1 takes for booleans. `instead`: texts in the place of some of its scalars.
 */
export function toJson(node: YamlNode, instead: ReadonlyMap<YamlNode, string> = new Map()): string | undefined {
  if (node.kind === "alias" || node.tagged || node.anchor !== undefined) return undefined;
  const other = instead.get(node);
  if (other !== undefined) return JSON.stringify(other);
  if (node.kind === "scalar") return node.style === "plain" ? plain(node.value) : JSON.stringify(node.value);
  if (node.kind === "sequence") {
    const items = node.items.map((item) => toJson(item, instead));
    return items.includes(undefined) ? undefined : `[${items.join(",")}]`;
  }
  const keys = new Set<string>();
  const entries: string[] = [];
  for (const { key, value } of node.entries) {
    const text = toJson(value, instead);
    if (key === undefined || key === "<<" || keys.has(key) || text === undefined) return undefined;
    keys.add(key);
    entries.push(`${JSON.stringify(key)}:${text}`);
  }
  return `{${entries.join(",")}}`;
}

function plain(text: string): string | undefined {
  if (text === "" || text === "~" || /^null$/i.test(text)) return "null";
  if (/^(?:true|false)$/i.test(text)) return text.toLowerCase();
  if (/^-?(?:0|[1-9]\d{0,15})(?:\.\d{1,15})?$/.test(text)) return text;
  return isDoubtful(text) ? undefined : JSON.stringify(text);
}

/** `yes`, `010`, `0x1f`, `1_000`, `.5`, `1e3`, `12:30:45`, `.inf`: numbers and words to some. Versions such as `1.2.3` are text to all. */
function isDoubtful(text: string): boolean {
  return (
    /^(?:y|n|yes|no|on|off|=)$/i.test(text) ||
    /^[-+]?\.?\d[\d_]*(?:\.\d*)?(?:e[-+]?\d+)?$/i.test(text) ||
    /^[-+]?0[xob][\da-f_]+$/i.test(text) ||
    /^[-+]?\d[\d_]*(?::[0-5]?\d)+(?:\.\d*)?$/.test(text) ||
    /^[-+]?\.(?:inf|nan)$/i.test(text)
  );
}
