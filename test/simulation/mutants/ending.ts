/** Whether everything comes to its end. */
import { RemitError } from "../../../src/errors.ts";
import { overlay } from "../overlay.ts";
import { atMinute, badRelease, endlessSuggestion } from "../quiet-worlds.ts";
import type { Mutant } from "./mutant.ts";

export const ending: readonly Mutant[] = [
  {
    name: "forgets to look again",
    breaks: "I9",
    plant: () => ({
      reconcile: (reconcile) => async (incident, hold) => {
        await reconcile(incident, hold);
        return undefined;
      },
    }),
    world: badRelease({ tier: "delay" }),
  },
  {
    name: "never comes back to a suggestion",
    breaks: "I9",
    plant: () => ({
      reconcile: (reconcile) => async (incident, hold) => {
        await reconcile(incident, hold);
        return undefined;
      },
    }),
    world: endlessSuggestion(),
  },
  {
    name: "waits for its clock to be set, and calls nobody",
    breaks: "I9",
    plant: () => ({
      forge: (forge) =>
        overlay(forge, {
          read: async (query) => {
            const view = await forge.read(query);
            if (view.wrongClock !== undefined) throw new RemitError("github-unavailable", "the clock is wrong");
            return view;
          },
        }),
    }),
    world: badRelease({ acts: [atMinute(4, "the clock runs hours ahead")] }),
  },
  {
    name: "says 202 and stores nothing",
    breaks: "I9",
    plant: () => ({
      store: (store) => {
        const { inbox } = store;
        const accept: typeof inbox.accept = (delivery) =>
          delivery.body.includes('"status":"resolved"')
            ? Promise.resolve({ outcome: "stored", id: "0" })
            : inbox.accept(delivery);
        return overlay(store, { inbox: overlay(inbox, { accept }) });
      },
    }),
    world: badRelease(),
  },
];
