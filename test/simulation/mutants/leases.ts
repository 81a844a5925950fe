/** What was for a time only. */
import { overlay } from "../overlay.ts";
import { ailing, atMinute } from "../quiet-worlds.ts";
import type { Mutant } from "./mutant.ts";

/** As if it had been for an hour only. */
function hasty(message: string): string {
  return message.replace(/^(Remit-Expires:) .*$/m, "$1 2026-11-20T11:00:00.000Z");
}

export const leases: readonly Mutant[] = [
  {
    name: "never looks whose time is over",
    breaks: "L1",
    plant: () => ({ endLeases: () => async () => [] }),
    world: ailing("overload"),
  },
  {
    name: "tells nobody of what is left to people",
    breaks: "L1",
    plant: () => ({ forge: (forge) => overlay(forge, { commentOnMerged: async () => "said" }) }),
    world: ailing("runaway job", { acts: [atMinute(120, "changes what a lease set")] }),
  },
  {
    name: "says again what it has said of a lease",
    breaks: "L1",
    plant: () => {
      let times = 0;
      return {
        forge: (forge) =>
          overlay(forge, {
            commentOnMerged: (commit, body) =>
              forge.commentOnMerged(
                commit,
                body.replace(/digest=\w+/, () => `digest=${times++}`),
              ),
          }),
      };
    },
    world: ailing("runaway job", {
      acts: [atMinute(120, "changes what a lease set")],
      faults: { "crash: after an issue is written": 0.9 },
    }),
  },
  {
    name: "takes what somebody did again for Remit's",
    breaks: "L2",
    plant: () => ({
      reader: (reader) => {
        const { mirror } = reader;
        const log: typeof mirror.log = async (revision, options) =>
          options.limit === 200 ? [] : mirror.log(revision, options);
        return overlay(reader, { mirror: overlay(mirror, { log }) });
      },
    }),
    world: ailing("overload", { acts: [atMinute(120, "sets again what a lease set")] }),
  },
  {
    name: "ends a lease before its time is over",
    breaks: "L3",
    plant: () => ({
      reader: (reader) =>
        overlay(reader, {
          commitsContaining: async (...asked) =>
            (await reader.commitsContaining(...asked)).map((commit) => ({ ...commit, message: hasty(commit.message) })),
        }),
      forge: (forge) =>
        overlay(forge, {
          ownMessage: async (commit) => {
            const message = await forge.ownMessage(commit);
            return message && hasty(message);
          },
        }),
    }),
    world: ailing("runaway job"),
  },
  {
    name: "believes every trailer",
    breaks: "L4",
    plant: () => {
      let messageOf = async (_commit: string): Promise<string | undefined> => undefined;
      return {
        reader: (reader) => {
          messageOf = async (commit) => (await reader.mirror.log(commit, { limit: 1 }))[0]?.message;
          return reader;
        },
        forge: (forge) => overlay(forge, { ownMessage: (commit) => messageOf(commit) }),
      };
    },
    world: ailing("runaway job", { acts: [atMinute(120, "forges a lease")] }),
  },
];
