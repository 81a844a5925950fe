/** What is told of people where Remit itself may not act. */
import type { Shadow } from "../../../src/remediation/shadow/shadow.ts";
import { overlay } from "../overlay.ts";
import { atMinute, badRelease } from "../quiet-worlds.ts";
import type { Mutant } from "./mutant.ts";

export const watching: readonly Mutant[] = [
  {
    name: "takes any answer of people for the one that it would have given",
    breaks: "P5",
    plant: () => ({
      store: (store) => {
        const save = (shadow: Shadow) => store.shadows.save(agreeing(shadow));
        return overlay(store, { shadows: overlay(store.shadows, { save }) });
      },
    }),
    world: badRelease({ tier: "suggest", acts: [atMinute(20, "releases a worse version")] }),
  },
];

function agreeing(shadow: Shadow): Shadow {
  const { comparison } = shadow;
  return comparison?.outcome === "other" ? { ...shadow, comparison: { ...comparison, outcome: "same" } } : shadow;
}
