/** What becomes of a change that Remit left to GitHub to merge. */
import { overlay } from "../overlay.ts";
import { at, badRelease } from "../quiet-worlds.ts";
import type { Mutant } from "./mutant.ts";

const keepsIt: Mutant["plant"] = () => ({
  forge: (forge) => overlay(forge, { takeBackMerge: async () => {} }),
});

export const handingOver: readonly Mutant[] = [
  {
    name: "never takes back what it left to auto-merge",
    breaks: "I3",
    plant: keepsIt,
    world: badRelease({
      merging: "auto-merge",
      otherCheck: "green",
      checkMinutes: 4,
      acts: [at("after", "a hand-over", "puts the stop file", "alice")],
    }),
  },
  {
    name: "never takes back what it put into the merge queue",
    breaks: "P1",
    plant: keepsIt,
    world: badRelease({
      merging: "merge queue",
      otherCheck: "green",
      checkMinutes: 4,
      acts: [at("after", "a hand-over", "freezes everything", "alice")],
    }),
  },
  {
    name: "lets the merge queue have what a person holds",
    breaks: "P6",
    plant: keepsIt,
    // Of these seeds, what people say first is a hold.
    world: (seed) => ({
      ...badRelease({
        merging: "merge queue",
        otherCheck: "green",
        checkMinutes: 4,
        acts: [at("after", "a hand-over", "writes another command", "bob")],
      })(seed),
      seed: 11 * seed,
    }),
  },
  {
    name: "doesn't look any more at what it left to GitHub",
    breaks: "P6",
    plant: () => {
      const left = new Set<string>();
      return {
        store: (store) => {
          const { incidents } = store;
          const save: typeof incidents.save = (record, guard) => {
            if (record.response.timeline.at(-1)?.event === "handed-over") left.add(record.incident.id);
            return incidents.save(record, guard);
          };
          return overlay(store, { incidents: overlay(incidents, { save }) });
        },
        reconcile: (reconcile) => async (key, hold) => (left.has(key) ? undefined : reconcile(key, hold)),
      };
    },
    world: badRelease({ merging: "auto-merge", otherCheck: "green", checkMinutes: 12 }),
  },
];
