/** The targets that a person names, as the repository spells them. Their words are only compared with its own names. */
import { nearestWord } from "../../nearest-word.ts";
import type { Catalogue, CatalogueTarget } from "./catalogue.ts";
import { environmentGroup } from "./words.ts";

/** undefined: any. */
export interface TargetNames {
  readonly service: string | undefined;
  readonly environment: string | undefined;
  readonly namespace?: string | undefined;
}

export type FoundTargets =
  | { readonly outcome: "found"; readonly entries: readonly [CatalogueTarget, ...CatalogueTarget[]] }
  /** `nearest`: the repository's own name that was most likely meant. */
  | {
      readonly outcome: "unknown";
      readonly what: "service" | "environment" | "namespace";
      readonly name: string;
      readonly nearest: string | undefined;
    };

/** `prod` finds `production` where the repository has no `prod`. */
export function findTargets({ targets }: Catalogue, names: TargetNames): FoundTargets {
  const { service, environment, namespace } = names;
  const called = service === undefined ? targets : targets.filter((entry) => isCalled(entry, service));
  if (called.length === 0) return unknown("service", service ?? "", targets);
  const there = environment === undefined ? called : inEnvironment(called, environment);
  if (there.length === 0) return unknown("environment", environment ?? "", called);
  const [first, ...others] = there.filter(({ target }) => namespace === undefined || target.namespace === namespace);
  return first === undefined
    ? unknown("namespace", namespace ?? "", there)
    : { outcome: "found", entries: [first, ...others] };
}

function isCalled({ target, runsAs }: CatalogueTarget, service: string): boolean {
  return target.service === service || runsAs?.includes(service) === true;
}

function inEnvironment(entries: readonly CatalogueTarget[], environment: string): readonly CatalogueTarget[] {
  const exact = entries.filter(({ target }) => target.environment === environment);
  const group = environmentGroup(environment);
  if (exact.length > 0 || group === undefined) return exact;
  return entries.filter(({ target }) => environmentGroup(target.environment ?? "") === group);
}

function unknown(
  what: "service" | "environment" | "namespace",
  name: string,
  among: readonly CatalogueTarget[],
): FoundTargets {
  const known = new Set(among.map(({ target }) => target[what]).filter((word) => word !== undefined));
  return { outcome: "unknown", what, name, nearest: nearestWord(name, [...known]) };
}
