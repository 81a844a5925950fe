/** One incident from the alert to the close, in a repository of its own, with the ledger that an honest Remit keeps of it. */
import { openLocalMirror } from "../../src/gitops/mirror/open-local-mirror.ts";
import type { Incident } from "../../src/incidents/incident.ts";
import { canonicalDigest, textDigest } from "../../src/ledger/canonical-json.ts";
import { entryOf } from "../../src/ledger/chain.ts";
import type { LedgerEntry, RecordedChange, RecordedDecision } from "../../src/ledger/ledger-record.ts";
import { formatTrailers } from "../../src/ledger/trailers.ts";
import { makePlan } from "../../src/remediation/make-plan.ts";
import { repositoryReader } from "../../src/remediation/repository-reader.ts";
import type { Plan } from "../../src/remediation/response.ts";
import { defaultSettings } from "../../src/remediation/settings.ts";
import { type GitRepository, gitRepository } from "../gitops/git-repository.ts";
import { honestLedger, type ToldCommit, writeLedger } from "./told-ledger.ts";

/** Without its id, which follows from it. */
export type Told = Omit<LedgerEntry, "id">;

export interface StoryOptions {
  /** `spec` of the authority, in flow style; undefined: no policy. */
  readonly policy?: string | undefined;
  /** The text of the one before. */
  readonly earlierPolicy?: string;
  /** Beside the services, at the base. */
  readonly files?: Readonly<Record<string, string>>;
  /** Minutes after the plan. */
  readonly mergeAfter?: number;
  /** What else the merge does. */
  readonly mergeFiles?: Readonly<Record<string, string | undefined>>;
  readonly trailers?: Readonly<Record<string, string>>;
  /** Somebody's commit between the decision and the merge. */
  readonly meanwhile?: Readonly<Record<string, string>>;
  readonly incident?: string;
}

export interface Story {
  readonly repository: GitRepository;
  readonly base: string;
  readonly merge: string;
  readonly plan: Plan;
  readonly change: RecordedChange;
  /** In the batches in which they were written. */
  readonly told: readonly (readonly Told[])[];
}

export const overlay = "apps/checkout/overlays/production/kustomization.yaml";
export const tagged = (tag: string, note = "the release") =>
  `resources:\n  - ../../base\nimages:\n  - name: r.io/checkout\n    newTag: ${tag}  # by ${note}\n# 1\n# 2\n# 3\n# 4\n`;
const shop = {
  "apps/checkout/base/kustomization.yaml": "resources:\n  - deployment.yaml\n",
  "apps/checkout/base/deployment.yaml":
    "apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: checkout\nspec:\n  template:\n    spec:\n      containers:\n        - name: main\n          image: r.io/checkout:v0\n",
};
export const grantsMerge =
  "{version: 3, grants: [{name: all, match: {services: [checkout], environments: ['*'], actions: ['*']}, tier: merge}]}";
export const policyOf = (spec: string) =>
  `apiVersion: remit.dev/v1alpha1\nkind: Authority\nmetadata: {name: shop}\nspec: ${spec}\n`;

const minute = 60_000;
export const plannedAt = Date.parse("2026-11-20T11:55:00Z");
export const at = (minutes: number) => new Date(plannedAt + minutes * minute).toISOString();

/** `directory`: an empty one, where several tests tell of one story. */
export async function story(options: StoryOptions = {}, directory?: string): Promise<Story> {
  const { policy = grantsMerge, files = {}, mergeAfter = 2, mergeFiles = {}, meanwhile, earlierPolicy } = options;
  const repository = gitRepository(directory);
  const place = ".github/remit/authority.yaml";
  const authority = { [place]: policyOf(policy) };
  repository.commit({ ...shop, [overlay]: tagged("v1") }, { message: "Import", at: "2026-10-15T09:00:00Z" });
  if (earlierPolicy !== undefined)
    repository.commit({ [place]: earlierPolicy }, { message: "Grant less", at: "2026-10-15T10:00:00Z" });
  repository.commit({ ...authority, ...files }, { message: "Grant", at: "2026-10-16T09:00:00Z" });
  const base = repository.commit({ [overlay]: tagged("v2") }, { message: "Release v2", at: "2026-11-20T11:30:00Z" });
  const incident = incidentOf(options.incident ?? "checkout-production-1");
  const plan = await planned(repository, base, incident);
  if (plan.outcome.kind !== "change") throw new Error(plan.outcome.reasons.map(({ message }) => message).join());
  const { candidate, verdict } = plan.outcome;
  if (meanwhile !== undefined) repository.commit(meanwhile, { message: "Meanwhile", at: at(mergeAfter - 1) });
  const changed = Object.fromEntries(candidate.files.map(({ path, after }) => [path, after]));
  const trailers = {
    "Remit-Incident": incident.id,
    "Remit-Action": candidate.action,
    "Remit-Target": "checkout/production",
    "Remit-Tier": verdict.tier,
    "Remit-Candidate": candidate.digest,
    ...options.trailers,
  };
  const message = `Roll back\n\nIt helps.\n\n${formatTrailers(trailers)}`;
  const merge = repository.commit({ ...changed, ...mergeFiles }, { message, at: at(mergeAfter) });
  const change = changeOf(plan, base);
  return { repository, base, merge, plan, change, told: tell({ plan, base, merge, change, incident, mergeAfter }) };
}

/** `edit` is shown each entry by its place, from 1. */
export function ledgerOf({ told }: Story, edit: (entry: Told, place: number) => Told | undefined = (entry) => entry) {
  let place = 0;
  const batches = told.map((batch) =>
    batch.flatMap((entry) => {
      place++;
      const edited = edit(entry, place);
      return edited === undefined ? [] : [entryOf(edited)];
    }),
  );
  return honestLedger(batches.filter((batch) => batch.length > 0));
}

/** With the honest ledger, or the one that a test makes of it. */
export function written(made: Story, commits: readonly ToldCommit[] = ledgerOf(made)): GitRepository {
  writeLedger(made.repository, commits);
  return made.repository;
}

/** Places of the story's records, from 1. */
export const places = { proposing: 1, merging: 3, merged: 4, closed: 7 } as const;

export type Edit = (entry: Told, made: Story) => Told | undefined;

export const gone: Edit = () => undefined;

export function decided(change: (decision: RecordedDecision, made: Story) => RecordedDecision): Edit {
  return (entry, made) => ({
    ...entry,
    ...(entry.decision === undefined ? {} : { decision: change(entry.decision, made) }),
  });
}

/** The ledger with the records at these places told differently. */
export function retold(made: Story, edits: Readonly<Record<number, Edit>>): ToldCommit[] {
  return ledgerOf(made, (entry, place) => (edits[place] === undefined ? entry : edits[place](entry, made)));
}

export const isMergeResult = ({ kind, phase }: Told): boolean => kind === "merged" && phase === "result";

export function incidentOf(id: string): Incident {
  const startsAt = Date.parse("2026-11-20T11:50:00Z");
  const labels = { alertname: "HighErrorRate", service: "checkout", environment: "production" };
  const shared = { startsAt, labels, annotations: {}, status: "firing", firstSeenAt: startsAt } as const;
  const alert = { ...shared, lastFiringAt: plannedAt, resolvedAt: undefined };
  return {
    id,
    repository: "acme/shop",
    target: { service: "checkout", environment: "production", namespace: undefined },
    openedAt: startsAt,
    alerts: [
      { ...alert, source: "alertmanager", fingerprint: "a" },
      { ...alert, source: "grafana", fingerprint: "b" },
    ],
  };
}

async function planned({ directory }: GitRepository, revision: string, incident: Incident): Promise<Plan> {
  const mirror = await openLocalMirror(directory);
  try {
    return await makePlan({
      reader: repositoryReader(mirror),
      revision,
      incident,
      syncs: [],
      stop: undefined,
      attempts: 0,
      storm: { sickServices: 0, changesUnderWay: 0 },
      settings: defaultSettings,
      now: plannedAt,
    });
  } finally {
    await mirror.close();
  }
}

function changeOf({ outcome }: Plan, base: string): RecordedChange {
  if (outcome.kind !== "change") throw new Error("no change");
  const { action, title, digest, suspect, confidence } = outcome.candidate;
  const files = outcome.candidate.files.map(({ path, before, after }) => ({
    path,
    before: textDigest(before ?? ""),
    after: textDigest(after ?? ""),
  }));
  const place = { branch: "remit/rollback/checkout-production/1", base, files, diff: canonicalDigest(files) };
  return { kind: "fix", action, title, candidate: digest, suspect: suspect ?? base, confidence, risks: [], ...place };
}

interface Events {
  readonly plan: Plan;
  readonly base: string;
  readonly merge: string;
  readonly change: RecordedChange;
  readonly incident: Incident;
  readonly mergeAfter: number;
}

function decisionOf({ plan, base, incident }: Events, by: RecordedDecision["by"]): RecordedDecision {
  if (plan.outcome.kind !== "change") throw new Error("no change");
  const { tier, policy, operands, approvals, vetoWindowMs } = plan.outcome.verdict;
  const { version, ...named } = policy;
  const inputs = {
    incident: JSON.parse(JSON.stringify(incident)),
    now: plannedAt,
    attempts: 0,
    kind: "fix",
    storm: { sickServices: 0, changesUnderWay: 0 },
    health: [],
    settings: { stoodMs: defaultSettings.stoodMs, suspectWindowMs: defaultSettings.suspectWindowMs },
    outside: [],
  } as const;
  return {
    by,
    base,
    policy: { ...named, ...(version === undefined ? {} : { version }) },
    tier,
    operands: operands.map(({ name, tier, reason: { code, message } }) => ({ name, tier, code, message })),
    reasons: [],
    approvals,
    vetoWindowMs,
    inputs,
    inputsDigest: canonicalDigest(inputs),
  };
}

function tell(events: Events): Told[][] {
  const { change, merge, incident, mergeAfter } = events;
  const head = "a".repeat(40);
  const entry = (minutes: number, part: Pick<Told, "kind" | "phase"> & Partial<Told>): Told => ({
    time: at(minutes),
    software: "0.1.0",
    actor: { kind: "remit" },
    incident: {
      id: incident.id,
      service: "checkout",
      environment: "production",
      openedAt: new Date(incident.openedAt).toISOString(),
    },
    ...part,
  });
  const merged = { pull: 7, commit: merge };
  return [
    [entry(0, { kind: "proposed", phase: "intent", decision: decisionOf(events, "alerts"), change })],
    [
      entry(0.5, { kind: "proposed", phase: "result", change, result: { issue: 6, pull: 7, commit: head } }),
      entry(mergeAfter - 0.5, {
        kind: "merged",
        phase: "intent",
        decision: decisionOf(events, "merge"),
        change,
        result: { pull: 7, head, via: "remit" },
      }),
    ],
    [
      entry(mergeAfter + 0.1, { kind: "merged", phase: "result", change, result: merged }),
      entry(mergeAfter + 3, { kind: "delivered", phase: "result", change, result: { revision: merge } }),
      entry(mergeAfter + 6, { kind: "verified", phase: "result", change, result: { pull: 7, outcome: "recovered" } }),
      entry(mergeAfter + 6, { kind: "closed", phase: "result", result: { outcome: "recovered", issue: 6 } }),
    ],
  ];
}
