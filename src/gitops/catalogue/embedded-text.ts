/** Text inside a block scalar that is a file of its own: values of a chart, a patch, a file of a ConfigMap. */
import type { YamlNode, YamlScalar } from "../yaml-tree.ts";
import type { FieldPath } from "./catalogue.ts";
import { documentKind } from "./document-kind.ts";
import { lineIndex } from "./line-index.ts";
import { readTree } from "./read-tree.ts";

export interface EmbeddedText {
  readonly root: YamlNode;
  readonly kind: string | undefined;
  /** UTF-16 offset in the file around it. */
  place(offset: number): number;
}

/** Larger ones are programs and dashboards. UTF-16 units. */
const maxLength = 128 * 1024;

/** `text` is the whole file's. undefined where the scalar is only text, or isn't written line by line (`|`). */
export function embeddedText(
  text: string,
  kind: string | undefined,
  path: FieldPath,
  scalar: YamlScalar,
): EmbeddedText | undefined {
  const name = scalar.style === "block" ? embeddedName(kind, path) : undefined;
  if (name === undefined || scalar.value.length > maxLength) return undefined;
  const starts = lineStarts(text, scalar);
  if (starts === undefined) return undefined;
  const parsed = readTree(name, scalar.value);
  if (!parsed.ok || parsed.documents.length !== 1) return undefined;
  const [root] = parsed.documents;
  if (root === undefined || (root.kind !== "mapping" && root.kind !== "sequence")) return undefined;
  const lineAt = lineIndex(scalar.value);
  return {
    root,
    kind: documentKind(name, root),
    place(offset) {
      const { inside = 0, outside = scalar.end } = starts[lineAt(offset) - 1] ?? {};
      return outside + offset - inside;
    },
  };
}

/** The file name as which the text is read; undefined for text that is nothing but text. */
function embeddedName(kind: string | undefined, path: FieldPath): string | undefined {
  const [key, parent] = [path.at(-1), path.at(-2)];
  if (kind === "ConfigMap")
    return path.length === 2 && parent === "data" && /\.(?:ya?ml|json|properties|env)$/i.test(`${key}`)
      ? `${key}`
      : undefined;
  if (kind === "Application" || kind === "ApplicationSet")
    return key === "values" && parent === "helm" ? "values.yaml" : undefined;
  if (kind === "Kustomize" || kind === "Kustomization" || kind === "HelmRelease") {
    const list = key === "patch" ? path.at(-3) : parent;
    return typeof list === "string" && /^patches(?:Json6902|StrategicMerge)?$/.test(list) ? "patch.yaml" : undefined;
  }
  return undefined;
}

interface LineStart {
  readonly inside: number;
  readonly outside: number;
}

/** Where each line's content begins in the block's value and in the file; undefined where the lines aren't the file's own. */
function lineStarts(text: string, { start, end, value }: YamlScalar): readonly LineStart[] | undefined {
  const raw = text.slice(start, end).split("\n");
  const lines = value.split("\n");
  let indent: number | undefined;
  let [outside, inside] = [start, 0];
  const starts: LineStart[] = [];
  for (const [index, line] of lines.entries()) {
    const written = raw[index] ?? "";
    const bare = written.endsWith("\r") ? written.slice(0, -1) : written;
    if (line !== "") {
      indent ??= bare.length - line.length;
      if (indent < 0 || bare.length !== indent + line.length || !bare.endsWith(line)) return undefined;
    } else if (bare.trim() !== "") return undefined;
    starts.push({ inside, outside: outside + Math.min(indent ?? 0, bare.length) });
    outside += written.length + 1;
    inside += line.length + 1;
  }
  return starts;
}
