import { environmentGroup } from "../../gitops/catalogue/words.ts";
import { nearestWord } from "../../nearest-word.ts";
import type { Target } from "../../target.ts";
import type { Authority, Match } from "../authority.ts";
import type { Found } from "./finding.ts";

type Dimension = "services" | "environments" | "namespaces";

const keyOf = { services: "service", environments: "environment", namespaces: "namespace" } as const;
const dimensions: readonly Dimension[] = ["services", "environments", "namespaces"];

/** Names that the repository has no target for: the rule doesn't hold for what its author had in mind. */
export function lintNames({ grants, freeze, barriers }: Authority, targets: readonly Target[]): readonly Found[] {
  const unknown = unknownNames(targets);
  return [
    ...grants.flatMap(({ name, match }, index) =>
      unknown(`grant ${name}`, match, ["spec", "grants", index, "match"], "so this part of the grant grants nothing"),
    ),
    ...freeze.flatMap(({ kind, match }, index) =>
      unknown(`a ${kind} window`, match, ["spec", "freeze", index], "so nothing is frozen by it"),
    ),
    ...barriers.flatMap(({ services }, index) =>
      unknown("a barrier", { services }, ["spec", "barriers", index], "so it bars nothing there"),
    ),
  ];
}

function unknownNames(targets: readonly Target[]) {
  const known = new Map(dimensions.map((dimension) => [dimension, namesOf(targets, dimension)]));
  return (
    owner: string,
    match: Partial<Pick<Match, Dimension>>,
    path: readonly (string | number)[],
    effect: string,
  ): readonly Found[] =>
    dimensions.flatMap((dimension) => {
      const names = known.get(dimension) ?? [];
      return (match[dimension] ?? []).flatMap((name, index): readonly Found[] => {
        if (name === "*" || names.includes(name)) return [];
        const word = keyOf[dimension];
        const near = nearestName(dimension, name, names);
        return [
          {
            code: "name-unknown",
            severity: "error",
            path: [...path, dimension, index],
            what: `${owner} names the ${word} ${JSON.stringify(name)}`,
            why: `this repository has no such ${word}, ${effect}`,
            mend: near === undefined ? `remit map lists the ${word}s that there are` : `did you mean ${near}?`,
          },
        ];
      });
    });
}

/** Is every name of a dimension one that no target has? Then that is the finding, and not what follows from it. */
export function namesNothing(match: Pick<Match, Dimension>, targets: readonly Target[]): boolean {
  return dimensions.some((dimension) => {
    const names = namesOf(targets, dimension);
    return !match[dimension].some((each) => each === "*" || names.includes(each));
  });
}

function namesOf(targets: readonly Target[], dimension: Dimension): readonly string[] {
  return [...new Set(targets.flatMap((target) => target[keyOf[dimension]] ?? []))].toSorted();
}

/** What is spelt alike, else the environment that is commonly called so: `prd` for `production`. */
function nearestName(dimension: Dimension, name: string, names: readonly string[]): string | undefined {
  const near = nearestWord(name, names);
  if (near !== undefined || dimension !== "environments") return near;
  const group = environmentGroup(name);
  return group === undefined ? undefined : names.find((known) => environmentGroup(known) === group);
}
