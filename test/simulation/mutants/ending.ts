/** Whether everything comes to its end. */
import { overlay } from "../overlay.ts";
import { badRelease, endlessSuggestion } from "../quiet-worlds.ts";
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
