import { nearestWord } from "../../nearest-word.ts";
import type { TargetFlag } from "./find-flags.ts";

/** A switch by the end of its path, such as `grafana.enabled`; or, where nothing is called so, by what it enables: `grafana`. */
export function flagsNamed(flags: readonly TargetFlag[], name: string): readonly TargetFlag[] {
  const exact = flags.filter((flag) => isCalled(flag, name));
  return exact.length > 0 ? exact : flags.filter((flag) => flag.kind === "switch" && isCalled(flag, `${name}.enabled`));
}

/** The flag that was most likely meant. */
export function nearestFlag(flags: readonly TargetFlag[], name: string): string | undefined {
  return nearestWord(name, [...new Set(flags.map(shortName))]);
}

/** What a person calls it: `grafana.enabled`, `NEW_CART`. */
export function shortName({ kind, name }: TargetFlag): string {
  if (kind === "flag") return name;
  const steps = name.split(".");
  return steps.slice(/^enabled?$/i.test(steps.at(-1) ?? "") ? -2 : -1).join(".");
}

function isCalled({ kind, name }: TargetFlag, asked: string): boolean {
  return name === asked || (kind === "switch" && name.endsWith(`.${asked}`));
}
