/** YAML as a tree with offsets, from js-yaml's event stream. Aliases stay aliases and nothing is resolved, so no input can grow. */
import { EVENT_ID, getScalarValue, parseEvents, SCALAR_STYLE, type ScalarEvent, YAMLException } from "js-yaml";

export type YamlNode = YamlScalar | YamlMapping | YamlSequence | YamlAlias;

export interface YamlScalar {
  readonly kind: "scalar";
  /** UTF-16 offsets with the quotes; both -1 for a value that isn't written at all. */
  readonly start: number;
  readonly end: number;
  readonly style: "plain" | "single" | "double" | "block";
  readonly value: string;
  readonly anchor: string | undefined;
  readonly tagged: boolean;
}

export interface YamlMapping {
  readonly kind: "mapping";
  readonly entries: readonly YamlEntry[];
  readonly anchor: string | undefined;
  readonly flow: boolean;
}

export interface YamlEntry {
  /** undefined where the key isn't a scalar. */
  readonly key: string | undefined;
  /** Offset of the key, or -1. */
  readonly keyStart: number;
  readonly value: YamlNode;
}

export interface YamlSequence {
  readonly kind: "sequence";
  readonly items: readonly YamlNode[];
  readonly anchor: string | undefined;
  readonly flow: boolean;
}

export interface YamlAlias {
  readonly kind: "alias";
  readonly name: string;
}

export type YamlParse =
  | { readonly ok: true; readonly documents: readonly YamlNode[] }
  | { readonly ok: false; readonly line: number | undefined; readonly message: string };

/** Longer texts aren't read. UTF-16 units. */
const maxLength = 4 * 1024 * 1024;
const maxDepth = 100;

/** Never throws; time and memory are linear in the text. JSON is YAML here. */
export function parseYamlTree(text: string): YamlParse {
  if (text.length > maxLength) return { ok: false, line: undefined, message: "the file is too large to be read" };
  try {
    return { ok: true, documents: buildDocuments(text) };
  } catch (error) {
    if (!(error instanceof YAMLException)) throw error;
    const line = error.mark?.line;
    return { ok: false, line: line === undefined ? undefined : line + 1, message: error.reason };
  }
}

interface OpenMapping {
  readonly kind: "mapping";
  readonly entries: YamlEntry[];
  readonly anchor: string | undefined;
  readonly flow: boolean;
  pending: { readonly key: string | undefined; readonly keyStart: number } | undefined;
}

interface OpenSequence {
  readonly kind: "sequence";
  readonly items: YamlNode[];
  readonly anchor: string | undefined;
  readonly flow: boolean;
}

type Open = OpenMapping | OpenSequence;

function buildDocuments(text: string): YamlNode[] {
  const documents: YamlNode[] = [];
  const open: Open[] = [];
  let top: Open | undefined;
  const add = (node: YamlNode): void => {
    if (top === undefined) documents.push(node);
    else if (top.kind === "sequence") top.items.push(node);
    else if (top.pending === undefined)
      top.pending =
        node.kind === "scalar" ? { key: node.value, keyStart: node.start } : { key: undefined, keyStart: -1 };
    else {
      top.entries.push({ key: top.pending.key, keyStart: top.pending.keyStart, value: node });
      top.pending = undefined;
    }
  };
  const push = (node: Open): void => {
    add(node);
    open.push(node);
    top = node;
  };
  for (const event of parseEvents(text, { maxDepth })) {
    if (event.type === EVENT_ID.SCALAR) add(scalar(text, event));
    else if (event.type === EVENT_ID.MAPPING)
      push({
        kind: "mapping",
        entries: [],
        anchor: anchorOf(text, event),
        flow: event.style === 2,
        pending: undefined,
      });
    else if (event.type === EVENT_ID.SEQUENCE)
      push({ kind: "sequence", items: [], anchor: anchorOf(text, event), flow: event.style === 2 });
    else if (event.type === EVENT_ID.ALIAS)
      add({ kind: "alias", name: text.slice(event.anchorStart, event.anchorEnd) });
    else if (event.type === EVENT_ID.POP && open.length > 0) {
      open.pop();
      top = open.at(-1);
    }
  }
  return documents;
}

function scalar(text: string, event: ScalarEvent): YamlScalar {
  const style = styles[event.style] ?? "block";
  const quote = style === "single" || style === "double" ? 1 : 0;
  const written = event.valueStart >= 0;
  return {
    kind: "scalar",
    start: written ? event.valueStart - quote : -1,
    end: written ? event.valueEnd + quote : -1,
    style,
    value: event.fast ? text.slice(event.valueStart, event.valueEnd) : getScalarValue(text, event),
    anchor: anchorOf(text, event),
    tagged: event.tagStart >= 0,
  };
}

const styles: Readonly<Record<number, YamlScalar["style"]>> = {
  [SCALAR_STYLE.PLAIN]: "plain",
  [SCALAR_STYLE.SINGLE_QUOTED]: "single",
  [SCALAR_STYLE.DOUBLE_QUOTED]: "double",
};

function anchorOf(
  text: string,
  event: { readonly anchorStart: number; readonly anchorEnd: number },
): string | undefined {
  return event.anchorStart < 0 ? undefined : text.slice(event.anchorStart, event.anchorEnd);
}
