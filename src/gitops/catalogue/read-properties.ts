/** `.env` and `.properties` files as a mapping of scalars, so that their lines are fields like any other. */
import type { YamlEntry, YamlMapping, YamlScalar } from "../yaml-tree.ts";

/** Is the file read line by line, as `key=value`? */
export function isProperties(path: string): boolean {
  return /(?:\.(?:env|properties)|(?:^|\/)\.env(?:\.[^/]*)?)$/i.test(path);
}

/**
 * Never throws; linear. Of a key that stands twice the last one counts, as it does for whoever reads the file. Values that go
 * on in the next line are left out: they are no scalars of one line.
 */
export function readProperties(path: string, text: string): YamlMapping {
  const syntax = /\.properties$/i.test(path) ? properties : dotenv;
  const entries = new Map<string, YamlEntry>();
  let continued = false;
  for (let start = 0; start < text.length; ) {
    const feed = text.indexOf("\n", start);
    const next = feed < 0 ? text.length : feed + 1;
    const end = feed < 0 ? text.length : feed > start && text[feed - 1] === "\r" ? feed - 1 : feed;
    const line = text.slice(start, end);
    const goesOn = syntax === properties && /(?:^|[^\\])(?:\\\\)*\\$/.test(line);
    const entry = continued || goesOn ? undefined : syntax(line, start);
    if (entry?.key !== undefined) entries.set(entry.key, entry);
    continued = goesOn;
    start = next;
  }
  return {
    kind: "mapping",
    start: 0,
    entries: [...entries.values()],
    anchor: undefined,
    tagged: false,
    flow: false,
  };
}

type LineReader = (line: string, start: number) => YamlEntry | undefined;

const properties: LineReader = (line, start) => {
  const match = /^(\s*)([^\s#!=:][^\s=:]*)[ \t\f]*[=:]?[ \t\f]*/.exec(line);
  const key = match?.[2];
  if (match === null || key === undefined || key.includes("\\")) return undefined;
  const keyStart = start + (match[1] ?? "").length;
  const keyEnd = keyStart + key.length;
  return { key, keyStart, keyEnd, value: scalar(line.slice(match[0].length), start + match[0].length) };
};

const dotenv: LineReader = (line, start) => {
  const match = /^(\s*(?:export\s+)?)([A-Za-z_][\w.-]*)[ \t]*=[ \t]*/.exec(line);
  const key = match?.[2];
  if (match === null || key === undefined) return undefined;
  const at = start + match[0].length;
  const rest = line.slice(match[0].length);
  const keyStart = start + (match[1] ?? "").length;
  const keyEnd = keyStart + key.length;
  const quote = rest[0];
  if (quote === "'" || quote === '"') {
    const close = rest.indexOf(quote, 1);
    // A quoted value may go on in the next line.
    if (close < 0 || rest.slice(1, close).includes("\\")) return undefined;
    const value = rest.slice(1, close);
    const style = quote === "'" ? "single" : "double";
    return { key, keyStart, keyEnd, value: { ...scalar(value, at), end: at + close + 1, style } };
  }
  return { key, keyStart, keyEnd, value: scalar(rest.replace(/\s+#.*$/, "").trimEnd(), at) };
};

function scalar(value: string, start: number): YamlScalar {
  return { kind: "scalar", start, end: start + value.length, style: "plain", value, anchor: undefined, tagged: false };
}
