/** Writes a new value as the file would have: in lines with indentation, or within braces. */
import type { YamlEntry, YamlNode, YamlScalar } from "../../yaml-tree.ts";
import type { EntryValue } from "../edit.ts";
import { type EntryStyle, nodesOf } from "./entry-style.ts";
import { type Neighbour, spellText } from "./quotes.ts";

type Models = readonly YamlNode[];
type Items = readonly EntryValue[];
type Entries = { readonly [key: string]: EntryValue };
type Collection = Items | Entries;
type Scalar = Exclude<EntryValue, Collection>;

/** `models` are the nodes that stand in the same role elsewhere: the values beside, the other items of a list. */
export class Speller {
  readonly style: EntryStyle;
  readonly #text: string;
  readonly #root: YamlNode;

  constructor(text: string, root: YamlNode, style: EntryStyle) {
    this.#text = text;
    this.#root = root;
    this.style = style;
  }

  /** Lines of an entry whose key begins in this column. */
  entry(key: string, value: EntryValue, siblings: readonly YamlEntry[], indent: number): readonly string[] {
    const models = modelsFor(key, siblings);
    const head = `${" ".repeat(indent)}${this.key(key, siblings, false)}:`;
    if (!isCollection(value)) return [`${head} ${this.#scalar(value, models, false)}`];
    if (inline(value, models)) return [`${head} ${this.flow(value, models)}`];
    if (isItems(value)) return [head, ...this.#items(value, models, indent + this.style.dashes)];
    return [head, ...this.#entries(value, models, indent + this.style.unit)];
  }

  /** Lines of an item whose dash stands in this column, `gap` columns before what it holds. */
  item(value: EntryValue, models: Models, indent: number, gap: number): readonly string[] {
    const dash = `${" ".repeat(indent)}-${" ".repeat(gap - 1)}`;
    if (!isCollection(value)) return [dash + this.#scalar(value, models, false)];
    if (inline(value, models)) return [dash + this.flow(value, models)];
    const [first = "", ...rest] = isItems(value)
      ? this.#items(value, models, indent + gap)
      : this.#entries(value, models, indent + gap);
    return [dash + first.trimStart(), ...rest];
  }

  key(key: string, siblings: readonly YamlEntry[], flow: boolean): string {
    if (this.style.json) return JSON.stringify(key);
    return spellText(key, flow, this.#keys(siblings), () => []);
  }

  /** In braces and on one line; over several, where `indent` says in which column the line begins. */
  flow(value: EntryValue, models: Models, indent?: number): string {
    if (!isCollection(value)) return this.#scalar(value, models, true);
    const inner = indent === undefined ? undefined : indent + this.style.unit;
    const parts = isItems(value)
      ? value.map((item) => this.flow(item, itemsOf(models), inner))
      : Object.entries(value).map(([key, child]) => {
          const siblings = models.flatMap((model) => (model.kind === "mapping" ? model.entries : []));
          return `${this.key(key, siblings, true)}${this.style.colon}${this.flow(child, modelsFor(key, siblings), inner)}`;
        });
    const [open, close, air] = isItems(value) ? ["[", "]", this.style.brackets] : ["{", "}", this.style.braces];
    if (parts.length === 0) return open + close;
    if (indent === undefined || inner === undefined) return open + air + parts.join(this.comma) + air + close;
    return `${open}\n${parts.map((part) => " ".repeat(inner) + part).join(",\n")}\n${" ".repeat(indent)}${close}`;
  }

  /** Between two entries on one line. */
  get comma(): string {
    return this.style.colon === ":" ? "," : ", ";
  }

  #entries(value: Entries, models: Models, indent: number): readonly string[] {
    const siblings = models.flatMap((model) => (model.kind === "mapping" ? model.entries : []));
    return Object.entries(value).flatMap(([key, child]) => this.entry(key, child, siblings, indent));
  }

  #items(value: Items, models: Models, indent: number): readonly string[] {
    return value.flatMap((item) => this.item(item, itemsOf(models), indent, 2));
  }

  #scalar(value: Scalar, models: Models, flow: boolean): string {
    if (typeof value !== "string") return String(value);
    if (this.style.json) return JSON.stringify(value);
    return spellText(value, flow, models.filter(isWritten), () => this.#scalars());
  }

  *#scalars(): Generator<Neighbour> {
    for (const node of nodesOf(this.#root)) if (isWritten(node)) yield node;
  }

  *#keys(siblings: readonly YamlEntry[]): Generator<Neighbour> {
    for (const { key, keyStart } of siblings) {
      if (key === undefined || keyStart < 0) continue;
      const mark = this.#text.charAt(keyStart);
      yield { style: mark === '"' ? "double" : mark === "'" ? "single" : "plain", value: key };
    }
  }
}

/** The values of the same key elsewhere, or those of all keys. */
function modelsFor(key: string, siblings: readonly YamlEntry[]): Models {
  const same = siblings.filter((each) => each.key === key);
  return (same.length > 0 ? same : siblings).map(({ value }) => value);
}

function itemsOf(models: Models): Models {
  return models.flatMap((model) => (model.kind === "sequence" ? model.items : []));
}

/** What is empty, and collections of a kind that the file writes in braces here. */
function inline(value: Collection, models: Models): boolean {
  if (Object.keys(value).length === 0) return true;
  const kind = isItems(value) ? "sequence" : "mapping";
  const alike = models.filter((model) => model.kind === kind && nodesWithin(model) > 0);
  return alike.length > 0 && alike.every((model) => "flow" in model && model.flow);
}

function nodesWithin(node: YamlNode): number {
  return node.kind === "mapping" ? node.entries.length : node.kind === "sequence" ? node.items.length : 0;
}

function isCollection(value: EntryValue): value is Collection {
  return typeof value === "object" && value !== null;
}

function isItems(value: Collection): value is Items {
  return Array.isArray(value);
}

function isWritten(node: YamlNode): node is YamlScalar {
  return node.kind === "scalar" && node.start >= 0;
}
