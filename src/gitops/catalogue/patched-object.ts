/** Which objects a patch is for. */
import type { DocumentFacts, PatchedObject } from "./document-facts.ts";
import { type SelectorFacts, selects } from "./selector-facts.ts";

/** The value of a label or an annotation; undefined where it isn't written in the object itself, or not for certain. */
export type Marked = (kind: "labels" | "annotations", key: string) => string | undefined;

/** Strict: when unsure, no. */
export function isPatched(patched: PatchedObject, document: DocumentFacts, marked: Marked): boolean {
  const { kind, name, labels, annotations } = patched;
  if (kind === undefined && name === undefined && labels === undefined && annotations === undefined) return false;
  if (kind !== undefined && kind !== document.kind) return false;
  if (name !== undefined && !matches(name, document.name ?? "")) return false;
  return (
    isSelected(labels, (key) => marked("labels", key)) && isSelected(annotations, (key) => marked("annotations", key))
  );
}

/** What isn't written may be put there by somebody else: nothing is known of it. */
function isSelected(selector: SelectorFacts | undefined, valueAt: (key: string) => string | undefined): boolean {
  if (selector === undefined) return true;
  const known: [string, string][] = [];
  for (const { key } of selector) {
    const value = valueAt(key);
    if (value === undefined) return false;
    known.push([key, value]);
  }
  return selects(selector, Object.fromEntries(known));
}

/** Kustomize takes names for anchored expressions; only `.*` is told from a plain name here. */
function matches(pattern: string, name: string): boolean {
  const parts = pattern.replace(/^\^|\$$/g, "").split(".*");
  const [first = "", ...rest] = parts;
  if (rest.length === 0) return first === name;
  const last = rest.pop() ?? "";
  if (!name.startsWith(first) || !name.slice(first.length).endsWith(last)) return false;
  let from = first.length;
  for (const part of rest) {
    const found = name.indexOf(part, from);
    if (found < 0) return false;
    from = found + part.length;
  }
  return from <= name.length - last.length;
}
