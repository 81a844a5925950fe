/** YAML as a tree with offsets, from js-yaml's event stream. Aliases stay aliases and nothing is resolved, so no input can grow. */
import {
  COLLECTION_STYLE,
  EVENT_ID,
  type Event,
  getScalarValue,
  type MappingEvent,
  parseEvents,
  SCALAR_STYLE,
  type ScalarEvent,
  type SequenceEvent,
  YAMLException,
} from "js-yaml";

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
  /** UTF-16 offset of the brace, or of the first key. */
  readonly start: number;
  readonly entries: readonly YamlEntry[];
  readonly anchor: string | undefined;
  readonly tagged: boolean;
  readonly flow: boolean;
}

export interface YamlEntry {
  /** undefined where the key isn't a scalar. */
  readonly key: string | undefined;
  /** Offset of the key, or -1. */
  readonly keyStart: number;
  /** Behind the key and its quotes, or -1. */
  readonly keyEnd: number;
  readonly value: YamlNode;
}

export interface YamlSequence {
  readonly kind: "sequence";
  /** UTF-16 offset of the bracket, or of the first dash. */
  readonly start: number;
  readonly items: readonly YamlNode[];
  readonly anchor: string | undefined;
  readonly tagged: boolean;
  readonly flow: boolean;
}

export interface YamlAlias {
  readonly kind: "alias";
  readonly name: string;
  /** UTF-16 offset behind the name. */
  readonly end: number;
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

function buildDocuments(text: string): YamlNode[] {
  const tape = new Tape(text, parseEvents(text, { maxDepth }));
  const documents: YamlNode[] = [];
  for (let at = 0; at < tape.events.length; at = tape.after(at))
    if (tape.events[at]?.type === EVENT_ID.DOCUMENT) documents.push(...nodesWithin(tape, at));
  return documents;
}

/** What js-yaml says about a text. Nodes are made of it where somebody looks: most of most files nobody asks about. */
class Tape {
  readonly text: string;
  readonly events: readonly Event[];
  /** Where each collection ends: the event after its last. */
  readonly #ends: Int32Array;

  constructor(text: string, events: readonly Event[]) {
    this.text = text;
    this.events = events;
    this.#ends = new Int32Array(events.length);
    const open: number[] = [];
    for (let at = 0; at < events.length; at++) {
      const type = events[at]?.type;
      if (type === EVENT_ID.POP) this.#ends[open.pop() ?? 0] = at + 1;
      else if (type !== EVENT_ID.SCALAR && type !== EVENT_ID.ALIAS) open.push(at);
    }
  }

  /** The event after the node that begins there. */
  after(at: number): number {
    return this.#ends[at] || at + 1;
  }

  slice(start: number, end: number): string | undefined {
    return start < 0 ? undefined : this.text.slice(start, end);
  }
}

function* nodesWithin(tape: Tape, collection: number): Generator<YamlNode> {
  const end = tape.after(collection) - 1;
  for (let at = collection + 1; at < end; at = tape.after(at)) yield nodeAt(tape, at);
}

function nodeAt(tape: Tape, at: number): YamlNode {
  const event = tape.events[at];
  if (event?.type === EVENT_ID.SCALAR) return new Scalar(tape, event);
  if (event?.type === EVENT_ID.MAPPING) return new Mapping(tape, at, event);
  if (event?.type === EVENT_ID.SEQUENCE) return new Sequence(tape, at, event);
  if (event?.type !== EVENT_ID.ALIAS) return { kind: "alias", name: "", end: -1 };
  return { kind: "alias", name: tape.slice(event.anchorStart, event.anchorEnd) ?? "", end: event.anchorEnd };
}

class Scalar implements YamlScalar {
  readonly kind = "scalar";
  readonly #tape: Tape;
  readonly #event: ScalarEvent;
  #value: string | undefined;

  constructor(tape: Tape, event: ScalarEvent) {
    this.#tape = tape;
    this.#event = event;
  }

  get value(): string {
    this.#value ??= getScalarValue(this.#tape.text, this.#event);
    return this.#value;
  }

  get start(): number {
    const { valueStart } = this.#event;
    return valueStart < 0 ? -1 : valueStart - quoteLength(this.style);
  }

  get end(): number {
    const { valueStart, valueEnd } = this.#event;
    return valueStart < 0 ? -1 : valueEnd + quoteLength(this.style);
  }

  get style(): YamlScalar["style"] {
    return styles[this.#event.style] ?? "block";
  }

  get anchor(): string | undefined {
    return this.#tape.slice(this.#event.anchorStart, this.#event.anchorEnd);
  }

  get tagged(): boolean {
    return this.#event.tagStart >= 0;
  }
}

class Mapping implements YamlMapping {
  readonly kind = "mapping";
  readonly #tape: Tape;
  readonly #at: number;
  readonly #event: MappingEvent;
  #entries: readonly YamlEntry[] | undefined;

  constructor(tape: Tape, at: number, event: MappingEvent) {
    this.#tape = tape;
    this.#at = at;
    this.#event = event;
  }

  get entries(): readonly YamlEntry[] {
    this.#entries ??= entriesOf(this.#tape, this.#at);
    return this.#entries;
  }

  get start(): number {
    return this.#event.start;
  }

  get anchor(): string | undefined {
    return this.#tape.slice(this.#event.anchorStart, this.#event.anchorEnd);
  }

  get tagged(): boolean {
    return this.#event.tagStart >= 0;
  }

  get flow(): boolean {
    return this.#event.style === COLLECTION_STYLE.FLOW;
  }
}

class Sequence implements YamlSequence {
  readonly kind = "sequence";
  readonly #tape: Tape;
  readonly #at: number;
  readonly #event: SequenceEvent;
  #items: readonly YamlNode[] | undefined;

  constructor(tape: Tape, at: number, event: SequenceEvent) {
    this.#tape = tape;
    this.#at = at;
    this.#event = event;
  }

  get items(): readonly YamlNode[] {
    this.#items ??= [...nodesWithin(this.#tape, this.#at)];
    return this.#items;
  }

  get start(): number {
    return this.#event.start;
  }

  get anchor(): string | undefined {
    return this.#tape.slice(this.#event.anchorStart, this.#event.anchorEnd);
  }

  get tagged(): boolean {
    return this.#event.tagStart >= 0;
  }

  get flow(): boolean {
    return this.#event.style === COLLECTION_STYLE.FLOW;
  }
}

function entriesOf(tape: Tape, mapping: number): readonly YamlEntry[] {
  const entries: YamlEntry[] = [];
  const end = tape.after(mapping) - 1;
  for (let at = mapping + 1; at < end; ) {
    const event = tape.events[at];
    const value = tape.after(at);
    const known = event?.type === EVENT_ID.SCALAR;
    const quote = known && event.valueStart >= 0 ? quoteLength(styles[event.style]) : 0;
    entries.push({
      key: known ? getScalarValue(tape.text, event) : undefined,
      keyStart: known ? event.valueStart - quote : -1,
      keyEnd: known ? event.valueEnd + quote : -1,
      value: nodeAt(tape, value),
    });
    at = tape.after(value);
  }
  return entries;
}

function quoteLength(style: YamlScalar["style"] | undefined): number {
  return style === "single" || style === "double" ? 1 : 0;
}

const styles: Readonly<Record<number, YamlScalar["style"]>> = {
  [SCALAR_STYLE.PLAIN]: "plain",
  [SCALAR_STYLE.SINGLE_QUOTED]: "single",
  [SCALAR_STYLE.DOUBLE_QUOTED]: "double",
};
