/** What and when Remit writes: within bounds, once, not under a stop, with an intent, exactly what was judged. */
import type { IncidentRecord } from "../../../src/store/store.ts";
import { overlay } from "../overlay.ts";
import { at, badRelease, forgottenProposal, lostWithProposal } from "../quiet-worlds.ts";
import type { Mutant } from "./mutant.ts";

export const writing: readonly Mutant[] = [
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
    name: "announces nothing before it merges",
    breaks: "A1",
    plant: () => ({
      store: (store) => overlay(store, { outbox: overlay(store.outbox, { waiting: async () => [] }) }),
    }),
    world: (seed) => ({ ...badRelease()(seed), ledger: true }),
  },
  {
    name: "takes a lost store for a new one",
    breaks: "A3",
    plant: () => ({
      store: (store) => {
        const { settings } = store;
        const get: typeof settings.get = async (key) => (key.startsWith("restored:") ? "before" : settings.get(key));
        return overlay(store, { settings: overlay(settings, { get }) });
      },
    }),
    world: (seed) => ({ ...lostWithProposal()(seed), ledger: true }),
  },
  {
    name: "doesn't know which pull requests were closed",
    breaks: "I2",
    plant: () => ({
      forge: (forge) =>
        overlay(forge, { read: async (query) => ({ ...(await forge.read(query)), rejectedBranches: [] }) }),
    }),
    world: forgottenProposal(),
  },
  {
    name: "forgets whom it called, and calls in other words",
    breaks: "I2",
    plant: () => {
      let words = 0;
      const anew = (comment: string | undefined) => comment?.replace("incident=", () => `incident=${++words}`);
      return {
        forge: (forge) =>
          overlay(forge, {
            writeIssue: (view, update) => forge.writeIssue(view, { ...update, comment: anew(update.comment) }),
          }),
        store: (store) => {
          const { incidents } = store;
          const save: typeof incidents.save = ({ response, ...record }, guard) =>
            incidents.save({ ...record, response: { ...response, escalated: undefined } }, guard);
          return overlay(store, { incidents: overlay(incidents, { save }) });
        },
      };
    },
    world: badRelease({ tier: "propose" }),
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
    name: "lets a merge wait on its way for as long as it takes",
    breaks: "I3",
    plant: () => ({ fetch: (send) => (input, init) => send(input, { ...init, signal: null }) }),
    world: badRelease({ faults: { "interleave: the cluster moves on": 0.6 } }),
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
];
