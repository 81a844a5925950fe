/** What a `Chart.yaml` depends on, and what a values file beside it speaks of. */
import type { YamlNode } from "../yaml-tree.ts";
import type { DependencyFacts } from "./document-facts.ts";
import { at, isMapping, itemsAt, textAt } from "./node-access.ts";
import { isProperties } from "./read-properties.ts";
import { environmentGroup } from "./words.ts";

export function dependencyFacts(path: string, root: YamlNode): readonly DependencyFacts[] | undefined {
  if (!/(?:^|\/)(?:Chart|requirements)\.ya?ml$/.test(path)) return undefined;
  const found = itemsAt(root, "dependencies").flatMap((item) => {
    const [own, alias, repository] = [textAt(item, "name"), textAt(item, "alias"), textAt(item, "repository")];
    if (own === undefined) return [];
    const condition = (textAt(item, "condition") ?? "").split(",").filter((each) => each.trim() !== "");
    return [
      {
        name: alias ?? own,
        aliased: alias !== undefined,
        chart:
          repository === undefined || repository === "" ? `charts/${own}` : /^file:\/\/(.+)$/.exec(repository)?.[1],
        condition: condition.map((each) => each.trim().split(".")),
      },
    ];
  });
  return found.length === 0 ? undefined : found;
}

const maxKeys = 200;

/** Of a values file, of lines of `key=value`, and of a ConfigMap's or Secret's data: the topmost keys. */
export function topKeys(path: string, kind: string | undefined, root: YamlNode): readonly string[] | undefined {
  const holders =
    kind === "ConfigMap" || kind === "Secret"
      ? [at(root, "data"), at(root, "stringData")]
      : kind === undefined && (isValuesFile(path) || isEnvironmentFile(path) || isProperties(path))
        ? [root]
        : undefined;
  return holders?.filter(isMapping).flatMap(({ entries }) => entries.slice(0, maxKeys).flatMap(({ key }) => key ?? []));
}

/** `config/prod.yaml`: called like an environment, and like nothing else. */
function isEnvironmentFile(path: string): boolean {
  return environmentGroup(/([^/]+)\.ya?ml$/.exec(path)?.[1] ?? "") !== undefined;
}

export function isValuesFile(path: string): boolean {
  return /(?:^|[/._-])values[^/]*\.ya?ml$/.test(path);
}
