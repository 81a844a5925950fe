/** What Remit decides by: limits, policy, advice, history and evidence. */
import type { RepositoryView } from "../../../src/remediation/forge.ts";
import { overlay } from "../overlay.ts";
import { at, atMinute, badRelease, badReleaseTwice, silentAlert, undoneFix } from "../quiet-worlds.ts";
import type { Mutant } from "./mutant.ts";
import { shortSighted } from "./short-sighted.ts";

export const judging: readonly Mutant[] = [
  {
    name: "believes its own clock",
    breaks: "I4",
    plant: () => ({
      fetch: (send) => async (input, init) => {
        const answer = await send(input, init);
        answer.headers.delete("date");
        return answer;
      },
      reader: shortSighted,
    }),
    world: badReleaseTwice({}, atMinute(46, "the clock runs hours ahead")),
  },
  {
    name: "counts no further than the first commit with an old date",
    breaks: "I4",
    plant: () => ({
      reader: (reader) =>
        overlay(shortSighted(reader), {
          commitsContaining: async (revision, text, since) => {
            const commits = await reader.mirror.log(revision, { files: false });
            const old = commits.findIndex(({ committedAt }) => committedAt < since);
            return commits.slice(0, old === -1 ? undefined : old).filter(({ message }) => message.includes(text));
          },
        }),
    }),
    world: badReleaseTwice({}, atMinute(30, "pushes with a clock that is days behind")),
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
    name: "lets whoever wrote the suspected change approve alone",
    breaks: "I7",
    plant: () => ({
      forge: (forge) =>
        overlay(forge, {
          read: async (query) => ({ ...(await forge.read(query)), suspectAuthors: { logins: [], known: true } }),
        }),
    }),
    world: badRelease({ tier: "propose", acts: [atMinute(12, "approves")] }),
  },
  {
    name: "merges on an approval of an hour ago",
    breaks: "I7",
    plant: () => ({ forge: (forge) => overlay(forge, { read: async (query) => renewed(await forge.read(query)) }) }),
    world: badRelease({
      tier: "propose",
      reviewMinutes: 8,
      acts: [
        at("after", "a proposal", "sets the stop in the environment", "alice"),
        atMinute(60, "sets the stop in the environment"),
      ],
    }),
  },
  {
    name: "merges on a look from before it asked about a reviewer",
    breaks: "I7",
    plant: () => {
      let seen: RepositoryView | undefined;
      let asked = false;
      return {
        forge: (forge) =>
          overlay(forge, {
            permission: (login) => {
              asked = true;
              return forge.permission(login);
            },
            read: async (query) => {
              if (!asked || seen?.pull === undefined) seen = await forge.read(query);
              return seen;
            },
          }),
      };
    },
    world: badRelease({
      tier: "propose",
      reviewMinutes: 5,
      acts: [at("after", "a permission is looked up", "requests changes", "bob")],
    }),
  },
  {
    name: "merges over an objection once the veto window has ended",
    breaks: "I7",
    plant: () => ({
      forge: (forge) =>
        overlay(forge, {
          read: async (query) => {
            const view = await forge.read(query);
            return view.pull === undefined ? view : { ...view, pull: { ...view.pull, reviews: [] } };
          },
        }),
    }),
    world: badRelease({ tier: "delay", acts: [at("after", "the gate's report", "requests changes", "alice")] }),
  },
  {
    name: "lets the adviser raise the tier",
    breaks: "I8",
    plant: () => ({
      store: (store) => {
        const { incidents } = store;
        const save: typeof incidents.save = (record, guard) => {
          const { plan } = record.response;
          if (plan?.opinion === undefined || plan.outcome.kind !== "change") return incidents.save(record, guard);
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
    name: "forgets what it did, and does it again",
    breaks: "I10",
    plant: () => ({
      reader: (reader) => overlay(shortSighted(reader), { commitsContaining: async () => [] }),
    }),
    world: undoneFix(),
  },
  {
    name: "takes any delivery for news of the alert",
    breaks: "I12",
    plant: () => ({
      store: (store) => {
        const { inbox } = store;
        let latest = 0;
        const accept: typeof inbox.accept = (delivery) => {
          latest = Math.max(latest, delivery.receivedAt);
          return inbox.accept(delivery);
        };
        const lastNotified: typeof inbox.lastNotified = async (alert) =>
          alert.status === "firing" ? latest : inbox.lastNotified(alert);
        return overlay(store, { inbox: overlay(inbox, { accept, lastNotified }) });
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

/** As if every review had just been given. */
function renewed(view: RepositoryView): RepositoryView {
  if (view.pull === undefined) return view;
  const reviews = view.pull.reviews.map((review) => ({ ...review, submittedAt: Number.MAX_SAFE_INTEGER }));
  return { ...view, pull: { ...view.pull, reviews } };
}
