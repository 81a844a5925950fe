/** What the policy and the limits that no policy lifts hold back. */

import type { Grant } from "../../../src/authority/authority.ts";
import type { AuthorityState } from "../../../src/authority/decide.ts";
import { parseAuthority } from "../../../src/authority/parse-authority.ts";
import { digest } from "../../../src/digest.ts";
import type { StormCount } from "../../../src/store/store.ts";
import { overlay } from "../overlay.ts";
import { at, atMinute, badRelease, badReleases, badReleaseTwice } from "../quiet-worlds.ts";
import type { Seams } from "../seams.ts";
import { authorityPath, services } from "../shop.ts";
import type { Mutant } from "./mutant.ts";
import { shortSighted } from "./short-sighted.ts";

const hour = 3_600_000;

export const authority: readonly Mutant[] = [
  {
    name: "doesn't look at the calendar",
    breaks: "P1",
    plant: () => withPolicy((state) => ({ ...state, authority: { ...state.authority, freeze: [] } })),
    world: badRelease({ policy: { freeze: [{ kind: "deny", hour: 10, minute: 0, minutes: 90 }] } }),
  },
  {
    name: "takes a window that allows changes for no window",
    breaks: "P1",
    plant: () => withPolicy((state) => ({ ...state, authority: { ...state.authority, freeze: [] } })),
    world: badRelease({ acts: [at("after", "a proposal", "allows changes later only", "alice")] }),
  },
  {
    name: "takes a trial for the real thing",
    breaks: "P2",
    plant: () => withGrants(() => ({ mode: "enforce" })),
    world: badRelease({ policy: { mode: "warn" } }),
  },
  {
    name: "writes what it should only record",
    breaks: "P2",
    plant: () => withGrants(() => ({ mode: "enforce" })),
    world: badRelease({ acts: [atMinute(1, "only records")] }),
  },
  {
    name: "follows a policy that was brought back",
    breaks: "P2",
    plant: () => ({
      reader: (reader) =>
        overlay(reader, {
          authority: async (revision): Promise<AuthorityState> => {
            const state = await reader.authority(revision);
            const text = (await reader.texts(revision, [authorityPath])).get(authorityPath) ?? "";
            const { authority: parsed } = parseAuthority(text, authorityPath);
            if (state.kind !== "replayed" || parsed === undefined) return state;
            return { kind: "present", authority: parsed, digest: digest(text), revision };
          },
        }),
    }),
    world: badRelease({ acts: [atMinute(1, "allows less"), atMinute(2, "brings an older policy back")] }),
  },
  {
    name: "records another version of the policy than stands there",
    breaks: "A2",
    plant: () =>
      withPolicy((state) => ({ ...state, authority: { ...state.authority, version: state.authority.version + 1 } })),
    world: (seed) => ({ ...badRelease()(seed), ledger: true }),
  },
  {
    name: "takes one review for two",
    breaks: "I7",
    plant: () => withGrants(({ requires }) => ({ requires: { ...requires, approvals: 1 } })),
    world: badRelease({
      policy: { tier: "propose", approvals: 2 },
      acts: [at("after", "the gate's report", "approves", "alice")],
    }),
  },
  {
    name: "takes anybody's review for an admin's",
    breaks: "I7",
    plant: () => withGrants(({ requires }) => ({ requires: { ...requires, permission: "write" } })),
    world: (seed) => ({
      ...badRelease({
        policy: { tier: "propose", permission: "admin" },
        acts: [
          { ...atMinute(3, "releases a worse version"), by: "alice" },
          at("after", "the gate's report", "approves", "bob"),
        ],
      })(seed),
      troubles: [],
    }),
  },
  {
    name: "counts the changes of a target only",
    breaks: "I4",
    plant: () =>
      withGrants(({ limits }) => ({ limits: { ...limits, perRepository: [{ count: 99, windowMs: hour }] } })),
    world: badReleases(["checkout", "cart"], { perRepository: 1 }),
  },
  {
    name: "forgets the limit of a service",
    breaks: "I4",
    plant: () => withGrants(({ limits }) => ({ limits: { ...limits, perService: [{ count: 99, windowMs: hour }] } })),
    world: badReleaseTwice({ cooldown: 5, perService: 1 }),
  },
  {
    name: "doesn't count who else is sick",
    breaks: "P3",
    plant: () => withCount((count) => ({ ...count, sickServices: 1 })),
    world: badReleases(["checkout", "cart", "search"]),
  },
  {
    name: "counts no changes that are under way",
    breaks: "P4",
    plant: () => ({
      ...withCount((count) => ({ ...count, branchesUnderWay: [] })),
      forge: (forge) => overlay(forge, { read: async (query) => ({ ...(await forge.read(query)), openBranches: [] }) }),
    }),
    world: badReleases(services, { tier: "propose" }),
  },
];

type Present = Extract<AuthorityState, { kind: "present" }>;

function withPolicy(change: (state: Present) => Present): Seams {
  return {
    reader: (reader) =>
      overlay(shortSighted(reader), {
        authority: async (revision) => {
          const state = await reader.authority(revision);
          return state.kind === "present" ? change(state) : state;
        },
      }),
  };
}

function withGrants(change: (grant: Grant) => Partial<Grant>): Seams {
  return withPolicy((state) => {
    const grants = state.authority.grants.map((grant) => ({ ...grant, ...change(grant) }));
    return { ...state, authority: { ...state.authority, grants } };
  });
}

function withCount(change: (count: StormCount) => StormCount): Seams {
  return {
    store: (store) => {
      const { incidents } = store;
      return overlay(store, {
        incidents: overlay(incidents, {
          open: async (repository) => (await incidents.open(repository)).slice(-1),
          storm: async (...asked) => change(await incidents.storm(...asked)),
          save: (record, { place: _, ...guard } = {}) => incidents.save(record, guard),
        }),
      });
    },
  };
}
