import { expect, it } from "vitest";
import { knownRepositories } from "../../src/server/known-repositories.ts";

/** Ids as Remit learned them, oldest first. */
async function known(configured: readonly string[], learned: readonly (readonly [name: string, id: number])[]) {
  const settings = new Map<string, string>();
  const store = {
    settings: {
      get: async (key: string) => settings.get(key),
      set: async (key: string, value: string) => void settings.set(key, value),
    },
  };
  const repositories = knownRepositories(store, configured);
  for (const [name, id] of learned) await repositories.ids.set(name, id);
  return repositories;
}

it.each([
  ["nothing is known yet", ["acme/shop"], [], "acme/shop", "acme/shop"],
  ["its name is the known one", ["acme/shop"], [["acme/shop", 1]], "acme/shop", "acme/shop"],
  ["a configured repository was renamed", ["acme/shop"], [["acme/shop", 1]], "acme/store", "acme/shop"],
  ["the new name was written into the configuration", ["acme/store"], [["acme/shop", 1]], "acme/store", "acme/store"],
  ["a repository that isn't configured was renamed", [], [["acme/shop", 1]], "acme/store", "acme/shop"],
  [
    "it was renamed twice",
    [],
    [
      ["acme/shop", 1],
      ["acme/store", 1],
    ],
    "acme/market",
    "acme/shop",
  ],
  [
    "the name was used before it was configured",
    ["acme/shop"],
    [
      ["acme/store", 1],
      ["acme/shop", 1],
    ],
    "acme/store",
    "acme/shop",
  ],
  ["somebody took the configured name", ["acme/shop"], [["acme/shop", 2]], "acme/shop", undefined],
  ["somebody took a known name", [], [["acme/shop", 2]], "acme/shop", undefined],
  ["another repository is new", ["acme/shop"], [["acme/shop", 2]], "acme/other", "acme/other"],
] as const)(
  "when %s, an event's repository is called by the name that Remit knows",
  async (_, configured, learned, full_name, name) => {
    const { nameOf } = await known(configured, learned);
    expect(await nameOf({ id: 1, full_name })).toBe(name);
  },
);
