/** The last resort for a file whose path names no service: what it stands in, though it is also where something runs. */
import type { Environments } from "./environments.ts";
import { environmentGroup, genericNames } from "./words.ts";

/**
 * `clusters/leap/staging.yaml` → [`leap`]: the nearest directory that is an environment only because of where it stands. Empty where
 * all its environments are called like one.
 */
export function surroundingName(path: string, environments: Environments): readonly string[] {
  const chain = environments.chain(path);
  const name = path
    .split("/")
    .slice(0, -1)
    .findLast((segment) => chain.includes(segment) && isName(segment));
  return name === undefined ? [] : [name];
}

function isName(segment: string): boolean {
  return environmentGroup(segment) === undefined && !genericNames.has(segment) && !/^\d+$/.test(segment);
}
