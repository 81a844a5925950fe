/** Renovate and Dependabot, where the history says that one of them made the bump. */
import { at } from "../../gitops/catalogue/node-access.ts";
import { writablePath } from "../../gitops/edit/writable-path.ts";
import { parseYamlTree } from "../../gitops/yaml-tree.ts";
import type { ActionInput } from "../action.ts";
import { bumpers, renovateConfig } from "./bumps.ts";
import { type Hold, type Pinned, unheld } from "./hold.ts";

export function holdBumpers(pinned: Pinned, input: ActionInput): readonly Hold[] {
  const found = bumpers(pinned.candidate, input);
  return [
    ...(found.has("dependabot") ? [unheld("Dependabot is told in .github/, which Remit never writes")] : []),
    ...(found.has("renovate") ? [holdRenovate(pinned, input)] : []),
  ];
}

/** A rule for these images in these files only, behind all others: the later one counts. */
function holdRenovate({ candidate, names }: Pinned, input: ActionInput): Hold {
  const config = renovateConfig(input);
  if (config === undefined) return unheld("Renovate isn't configured in this repository, so it can't be told here");
  const { file, text } = config;
  if (writablePath(file) !== undefined) return unheld(`Renovate is told in ${file}, which Remit never writes`);
  if (names.length === 0) return unheld("Renovate's name for the image isn't known");
  const rules = packageRules(text);
  if (rules === undefined)
    return unheld(`${file} isn't plain JSON, and what else Renovate reads can't be edited byte for byte`);
  const files = [...new Set(candidate.effects.map((effect) => effect.file))];
  // They are patterns to Renovate.
  if (files.some((path) => /[^\w./@ -]/.test(path)))
    return unheld("Renovate would take the name of the file for a pattern");
  const value = {
    description: "Held by Remit for a time, see the commit",
    matchDatasources: ["docker"],
    matchFileNames: files,
    matchPackageNames: names,
    enabled: false,
  };
  const edit = { kind: "insert", document: 0, path: ["packageRules", rules], value } as const;
  return { outcome: "held", who: "Renovate", edits: [{ file, edit }] };
}

/** How many there are. undefined for what isn't strict JSON. */
function packageRules(text: string): number | undefined {
  try {
    JSON.parse(text);
  } catch {
    return undefined;
  }
  const parsed = parseYamlTree(text);
  const [root] = parsed.ok ? parsed.documents : [];
  const rules = at(root, "packageRules");
  if (root?.kind !== "mapping" || (rules !== undefined && rules.kind !== "sequence")) return undefined;
  return rules?.items.length ?? 0;
}
