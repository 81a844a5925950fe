/** What must not happen either, whatever else is kept: strange errors, endless work, a closed door, requests that GitHub doesn't know. */
import { overlay } from "../overlay.ts";
import { badRelease } from "../quiet-worlds.ts";
import type { Mutant } from "./mutant.ts";

export const failing: readonly Mutant[] = [
  {
    name: "forgets that a view may have no pull request",
    breaks: "X1",
    plant: () => ({
      forge: (forge) =>
        overlay(forge, {
          read: async (query) => {
            const view = await forge.read(query);
            if (view.pull === undefined) throw new TypeError("Cannot read properties of undefined (reading 'state')");
            return view;
          },
        }),
    }),
    world: badRelease(),
  },
  {
    name: "looks again at once, and again",
    breaks: "X2",
    plant: () => ({
      reconcile: (reconcile) => async (incident, hold) => {
        await reconcile(incident, hold);
        return 0;
      },
    }),
    world: badRelease({ tier: "propose" }),
  },
  {
    name: "takes its inbox for full",
    breaks: "X3",
    plant: () => ({
      store: (store) => overlay(store, { inbox: overlay(store.inbox, { pending: async () => 1_000_000 }) }),
    }),
    world: badRelease(),
  },
  {
    name: "asks for a way of merging that GitHub doesn't have",
    breaks: "X4",
    plant: () => ({
      fetch: (send) => (input, init) =>
        init?.method === "PUT" && typeof init.body === "string"
          ? send(input, { ...init, body: JSON.stringify({ ...JSON.parse(init.body), merge_method: "fast-forward" }) })
          : send(input, init),
    }),
    world: badRelease(),
  },
];
