/** Reads a policy file value by value, and collects every mistake with its place instead of stopping at the first. */
import { isMap, isScalar, isSeq, LineCounter, type Node, parseDocument, visit } from "yaml";
import { nestsTooDeeply } from "../gitops/nests-too-deeply.ts";
import { nearestWord } from "../nearest-word.ts";
import type { PolicyMistake } from "./policy-mistake.ts";

/** A policy is read by people: a longer one isn't. UTF-16 units. */
const maxLength = 64 * 1024;

export interface Keys {
  readonly required: readonly string[];
  readonly optional: readonly string[];
}

export class PolicyReader {
  readonly file: string;
  readonly mistakes: PolicyMistake[] = [];
  readonly #lines = new LineCounter();

  constructor(file: string) {
    this.file = file;
  }

  /** The root of the one document in the text; undefined (with mistakes) when it can't be read at all. */
  open(text: string): Node | undefined {
    if (text.length > maxLength) {
      this.#note(0, `the file is longer than ${maxLength / 1024} KiB`);
      return undefined;
    }
    if (nestsTooDeeply(text)) {
      this.#note(0, "the file is nested too deeply to be read");
      return undefined;
    }
    try {
      const document = parseDocument(text, { lineCounter: this.#lines, prettyErrors: false, version: "1.2" });
      for (const problem of [...document.errors, ...document.warnings]) this.#note(problem.pos[0], problem.message);
      visit(document, {
        Alias: (_, alias) => this.mistake(alias, "aliases aren't allowed in a policy", "the value itself"),
      });
      if (this.mistakes.length === 0 && document.contents === null) this.#note(0, "the file is empty");
      return this.mistakes.length === 0 ? (document.contents ?? undefined) : undefined;
    } catch {
      this.#note(0, "the file is nested too deeply to be read");
      return undefined;
    }
  }

  mistake(node: Node | undefined, message: string, expected?: string, nearest?: string): undefined {
    this.#note(node?.range?.[0] ?? 0, message, expected, nearest);
  }

  /** The values of a mapping by key. Unknown and missing keys are noted; undefined when it is no mapping. */
  mapping(node: Node, name: string, keys: Keys): ReadonlyMap<string, Node> | undefined {
    if (!isMap<Node, Node | null>(node)) return this.mistake(node, `${name} isn't a mapping`, "a mapping");
    const known = [...keys.required, ...keys.optional];
    const result = new Map<string, Node>();
    const present = new Set<string>();
    for (const { key, value } of node.items) {
      const word = isScalar(key) ? String(key.value) : "";
      present.add(word);
      if (!known.includes(word)) {
        const message = `${name} has no key ${quoted(word)}`;
        this.mistake(key, message, `one of ${known.join(", ")}`, nearestWord(word, known));
      } else if (value === null) this.mistake(key, `${word} has no value`);
      else result.set(word, value);
    }
    for (const key of keys.required.filter((required) => !present.has(required))) {
      this.mistake(node, `${name} lacks ${key}`, key);
    }
    return result;
  }

  /** The items of a list of at least `least` items; undefined when it is none. */
  list(node: Node, name: string, least: number): readonly Node[] | undefined {
    if (!isSeq<Node>(node)) return this.mistake(node, `${name} isn't a list`, "a list");
    if (node.items.length < least) return this.mistake(node, `${name} is empty, and empty never means all`);
    return node.items;
  }

  /** A string that the whole pattern matches. Numbers and booleans are no strings: `1.10` would lose its zero. */
  text(node: Node, name: string, pattern: RegExp, expected: string): string | undefined {
    const value = this.#scalar(node);
    if (typeof value === "string" && pattern.test(value)) return value;
    const message =
      typeof value === "number" || typeof value === "boolean" ? `${name} isn't in quotes` : wrong(name, value);
    return this.mistake(node, message, expected);
  }

  word<W extends string>(node: Node, name: string, words: readonly W[]): W | undefined {
    const value = this.#scalar(node);
    const found = words.find((word) => word === value);
    if (found !== undefined) return found;
    const nearest = typeof value === "string" ? nearestWord(value, words) : undefined;
    return this.mistake(node, wrong(name, value), `one of ${words.join(", ")}`, nearest);
  }

  integer(node: Node, name: string, least: number, most: number): number | undefined {
    const value = this.#scalar(node);
    if (typeof value === "number" && Number.isInteger(value) && value >= least && value <= most) return value;
    return this.mistake(node, wrong(name, value), `a whole number from ${least} to ${most}`);
  }

  /** A string that `parse` understands. */
  parsed<T>(node: Node, name: string, parse: (text: string) => T | undefined, expected: string): T | undefined {
    const value = this.#scalar(node);
    const result = typeof value === "string" ? parse(value) : undefined;
    return result === undefined ? this.mistake(node, wrong(name, value), expected) : result;
  }

  #scalar(node: Node): unknown {
    return isScalar(node) ? node.value : undefined;
  }

  #note(offset: number, message: string, expected?: string, nearest?: string): void {
    const { line, col } = this.#lines.linePos(offset);
    const place = { file: this.file, line: Math.max(1, line), column: Math.max(1, col) };
    this.mistakes.push({ ...place, message, expected, nearest });
  }
}

function wrong(name: string, value: unknown): string {
  const shown = typeof value === "string" || typeof value === "number" || typeof value === "boolean";
  return shown ? `${name} can't be ${quoted(String(value))}` : `${name} isn't a plain value`;
}

function quoted(text: string): string {
  return JSON.stringify(text.length > 60 ? `${text.slice(0, 59)}…` : text);
}
