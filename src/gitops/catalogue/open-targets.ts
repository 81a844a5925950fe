import { type Target, targetKey } from "../../target.ts";
import type { Catalogue, Resolution } from "./catalogue.ts";
import { environmentKeys, namespaceOf } from "./resolve-target.ts";

/**
 * The targets that an alert may be about: the resolved one, or those of one service that its labels don't tell apart. An alert
 * without an environment speaks of the service wherever it runs. Empty where the labels select nothing, or several services.
 */
export function openTargets(
  catalogue: Catalogue,
  resolution: Resolution,
  labels: Readonly<Record<string, string>>,
): readonly Target[] {
  if (resolution.outcome === "resolved") return [resolution.entry.target];
  const [first] = resolution.candidates;
  if (resolution.outcome === "none" || resolution.candidates.some(({ service }) => service !== first?.service))
    return [];
  const keys = new Set(resolution.candidates.map(targetKey));
  const anywhere = environmentKeys.every((key) => (labels[key] ?? "") === "");
  const namespace = namespaceOf(labels);
  return catalogue.targets
    .map(({ target }) => target)
    .filter((target) => {
      if (keys.has(targetKey(target))) return true;
      const here = namespace === undefined || target.namespace === undefined || target.namespace === namespace;
      return anywhere && target.service === first?.service && here;
    });
}
