/** A helmfile's own values by environment: what its templates, and the releases', are filled in with. */
import type { YamlNode } from "../yaml-tree.ts";
import type { FieldPath } from "./catalogue.ts";
import type { Link } from "./document-facts.ts";
import { isLocal } from "./kustomize-facts.ts";
import { at, isMapping, itemsAt, textAt } from "./node-access.ts";

export interface EnvironmentValues {
  readonly environment: string;
  /** In their order: a later one wins. */
  readonly entries: readonly EnvironmentEntry[];
}

/** A file, or a mapping that is written into the helmfile. */
export type EnvironmentEntry = { readonly link: Link } | { readonly path: FieldPath };

export function isHelmfile(path: string): boolean {
  return /(?:^|\/)helmfile[^/]*\.ya?ml$|(?:^|\/)helmfile\.d\/[^/]+\.ya?ml$/.test(path);
}

/** undefined where there are none. `default` is what helmfile calls it where nobody names an environment. */
export function environmentValues(path: string, root: YamlNode): readonly EnvironmentValues[] | undefined {
  const environments = isHelmfile(path) ? at(root, "environments") : undefined;
  if (!isMapping(environments)) return undefined;
  const found = environments.entries.flatMap(({ key: environment, value }) => {
    if (environment === undefined || environment === "default") return [];
    const entries = itemsAt(value, "values").flatMap((item, index): EnvironmentEntry[] => {
      if (isMapping(item)) return [{ path: ["environments", environment, "values", index] }];
      const target = textAt(item);
      return target !== undefined && isLocal(target) ? [{ link: { target, from: "file", environment } }] : [];
    });
    return entries.length === 0 ? [] : [{ environment, entries }];
  });
  return found.length === 0 ? undefined : found;
}

const reference = /\.(?:Environment\.|State)?Values((?:\.[A-Za-z_]\w*)+)/g;
const maxReads = 200;

/** Of a release: paths of the values that its templates look up, `{{ .Values.shop.tag }}`. */
export function readsOf(release: YamlNode): readonly FieldPath[] {
  const found = new Set<string>();
  visit(release, (text) => {
    if (text.includes("{{"))
      for (const [, path = ""] of text.matchAll(reference)) if (found.size < maxReads) found.add(path.slice(1));
  });
  return [...found].map((path) => path.split("."));
}

function visit(node: YamlNode, see: (text: string) => void): void {
  if (node.kind === "scalar") see(node.value);
  else if (node.kind === "sequence") for (const item of node.items) visit(item, see);
  else if (node.kind === "mapping") for (const { value } of node.entries) visit(value, see);
}
