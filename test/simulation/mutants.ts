/**
 * Bugs that are planted around Remit's real parts, one at a time, each with the promise that it breaks. The simulator is
 * worth something as far as it finds them.
 */
import type { RepositoryReader } from "../../src/remediation/repository-reader.ts";
import type { IncidentRecord } from "../../src/store/store.ts";
import { overlay } from "./overlay.ts";
import { at, badRelease, badReleaseTwice, silentAlert, undoneFix } from "./quiet-worlds.ts";
import type { Scenario } from "./scenario.ts";
import type { Seams } from "./seams.ts";

export interface Mutant {
  readonly name: string;
  /** The promise that must break. */
  readonly breaks: string;
  /** Made anew for each run. */
  plant(): Seams;
  /** A world in which it shows soon. */
  world(seed: number): Scenario;
}

export const mutants: readonly Mutant[] = [
  {
    name: "writes a file that nobody decided on",
    breaks: "I1",
    plant: () => ({
      forge: (forge) =>
        overlay(forge, {
          propose: (view, proposal) =>
            forge.propose(view, {
              ...proposal,
              files: [...proposal.files, { path: "CODEOWNERS", text: "* @mallory\n" }],
            }),
        }),
    }),
    world: badRelease(),
  },
  {
    name: "names the branch anew at each attempt",
    breaks: "I2",
    plant: () => {
      let attempt = 0;
      return {
        store: (store) => {
          const { incidents } = store;
          const get: typeof incidents.get = async (id) => {
            const record = await incidents.get(id);
            const current = record?.response.remediations.at(-1);
            if (record === undefined || current === undefined || current.commit !== undefined) return record;
            attempt += 1;
            const branch = current.branch.replace(/.$/, String(attempt % 10));
            const remediations = [...record.response.remediations.slice(0, -1), { ...current, branch }];
            const renamed = { ...record, response: { ...record.response, remediations } };
            await incidents.save(renamed);
            return { ...renamed, version: record.version + 1 };
          };
          return overlay(store, { incidents: overlay(incidents, { get }) });
        },
      };
    },
    world: badRelease({ faults: { "crash: after a proposal": 0.6 } }),
  },
  {
    name: "retries the merge after a 5xx",
    breaks: "I2",
    plant: () => ({
      forge: (forge) =>
        overlay(forge, {
          merge: async (view, request) => {
            const first = await forge.merge(view, request);
            return first.outcome === "unknown" ? forge.merge(view, request) : first;
          },
        }),
    }),
    world: badRelease({ faults: { "github: 5xx before the effect": 0.3 } }),
  },
  {
    name: "doesn't see the stop switch",
    breaks: "I3",
    plant: () => ({
      forge: (forge) =>
        overlay(forge, {
          read: async (query) => ({ ...(await forge.read(query)), stopFile: false, stopIssue: undefined }),
        }),
    }),
    world: badRelease({ acts: [at("before", "a proposal", "puts the stop file", "alice")] }),
  },
  {
    name: "skips the cooldown",
    breaks: "I4",
    plant: () => ({
      reader: (reader) =>
        overlay(shortSighted(reader), {
          authority: async (revision) => {
            const state = await reader.authority(revision);
            if (state.kind !== "present") return state;
            const grants = state.authority.grants.map((grant) => ({
              ...grant,
              limits: { ...grant.limits, cooldownMs: 0 },
            }));
            return { ...state, authority: { ...state.authority, grants } };
          },
        }),
    }),
    world: badReleaseTwice(),
  },
  {
    name: "counts limits in memory",
    breaks: "I4",
    plant: () => ({ reader: (reader) => overlay(shortSighted(reader), { commitsContaining: async () => [] }) }),
    world: badReleaseTwice(),
  },
  {
    name: "remembers what it wanted only afterwards",
    breaks: "I5",
    plant: () => {
      const late = new Map<string, IncidentRecord>();
      return {
        store: (store) => {
          const { incidents } = store;
          const save: typeof incidents.save = async (record, guard) => {
            const isNew = record.response.remediations.some(({ commit }) => commit === undefined);
            if (!isNew)
              return incidents.save(
                { ...record, version: late.get(record.incident.id)?.version ?? record.version },
                guard,
              );
            late.set(record.incident.id, record);
            return true;
          };
          return overlay(store, { incidents: overlay(incidents, { save }) });
        },
      };
    },
    world: badRelease(),
  },
  {
    name: "merges without the head's guard",
    breaks: "I6",
    plant: () => ({
      fetch: (send) => (input, init) => {
        if (init?.method !== "PUT" || typeof init.body !== "string") return send(input, init);
        const { sha: _, ...unguarded } = JSON.parse(init.body);
        return send(input, { ...init, body: JSON.stringify(unguarded) });
      },
    }),
    world: badRelease({ acts: [at("before", "a merge", "pushes to Remit's branch", "bob")], free: true }),
  },
  {
    name: "keeps to the first policy that it read",
    breaks: "I7",
    plant: () => ({
      reader: (reader) => {
        let first: ReturnType<typeof reader.authority> | undefined;
        return overlay(reader, { authority: (revision) => (first ??= reader.authority(revision)) });
      },
    }),
    world: badRelease({ acts: [at("after", "a proposal", "allows less", "alice")] }),
  },
  {
    name: "lets the adviser raise the tier",
    breaks: "I8",
    plant: () => ({
      store: (store) => {
        const { incidents } = store;
        const save: typeof incidents.save = (record, guard) => {
          const { plan } = record.response;
          if (plan?.opinion?.choice !== 0 || plan.outcome.kind !== "change") return incidents.save(record, guard);
          const verdict = { ...plan.outcome.verdict, tier: "merge" as const };
          const raised = { ...plan, outcome: { ...plan.outcome, verdict } };
          return incidents.save({ ...record, response: { ...record.response, plan: raised } }, guard);
        };
        return overlay(store, { incidents: overlay(incidents, { save }) });
      },
    }),
    world: badRelease({ tier: "suggest", counsel: true }),
  },
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
  {
    name: "forgets what it did, and does it again",
    breaks: "I10",
    plant: () => ({
      reader: (reader) => overlay(shortSighted(reader), { commitsContaining: async () => [] }),
    }),
    world: undoneFix(),
  },
  {
    name: "takes any alert for a fresh one",
    breaks: "I12",
    plant: () => ({
      store: (store) => {
        const { inbox } = store;
        let asked = 0;
        const lastNotified: typeof inbox.lastNotified = async (alert) => {
          asked += 1;
          return alert.status === "firing" ? farAway + asked : inbox.lastNotified(alert);
        };
        return overlay(store, { inbox: overlay(inbox, { lastNotified }) });
      },
    }),
    world: silentAlert(),
  },
  {
    name: "undoes a fix that nobody applied",
    breaks: "I12",
    plant: () => ({
      store: (store) => {
        const { syncs, incidents } = store;
        const list: typeof syncs.list = async (of, since) => {
          const reports = await syncs.list(of, since);
          const merged = (await incidents.open(of)).flatMap(
            ({ response }) => response.remediations.at(-1)?.merged ?? [],
          );
          const [latest] = reports;
          if (latest === undefined || merged[0] === undefined) return reports;
          const made = {
            revision: merged[0].commit,
            observedAt: merged[0].at + 1000,
            phase: "applied",
            health: "degraded",
          } as const;
          return [{ ...latest, application: "checkout-production", ...made }, ...reports];
        };
        return overlay(store, { syncs: overlay(syncs, { list }) });
      },
    }),
    world: badRelease({ acts: [at("before", "a merge", "the controller is suspended", "alice")] }),
  },
];

/** Sees only the newest change, and not whose it was, so that it is sure of itself where Remit would ask: then the limits stand alone. */
function shortSighted(reader: RepositoryReader): RepositoryReader {
  const log: typeof reader.mirror.log = async (revision, options) =>
    (await reader.mirror.log(revision, options))
      .slice(0, 1)
      .map((commit) => ({ ...commit, message: commit.message.split("\n", 1)[0] ?? "" }));
  return overlay(reader, { mirror: overlay(reader.mirror, { log }) });
}

/** Later than anything that happens here. */
const farAway = Date.parse("2030-01-01T00:00:00Z");
