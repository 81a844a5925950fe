/** Records of a ledger in few words, with all that a record needs to be one. */
import { textDigest } from "../../src/ledger/canonical-json.ts";
import { entryOf } from "../../src/ledger/chain.ts";
import type {
  LedgerEntry,
  RecordedActor,
  RecordedDecision,
  RecordedResult,
  RecordKind,
  RecordPhase,
} from "../../src/ledger/ledger-record.ts";
import { iso } from "./incidents-world.ts";

export interface ToldRecord {
  /** `07T10:05`, of October 2026. */
  readonly at: string;
  readonly kind: RecordKind;
  readonly phase?: RecordPhase;
  /** A login. */
  readonly person?: string;
  /** What was decided, where it is a decision. */
  readonly tier?: NonNullable<RecordedDecision["tier"]> | "abstained";
  readonly by?: RecordedDecision["by"];
  /** The change that it is about. */
  readonly change?: "fix" | "undo";
  readonly result?: RecordedResult;
}

export interface ToldStory {
  readonly incident: string;
  readonly service: string;
  readonly opened: string;
  readonly records: readonly ToldRecord[];
}

/** In the order of their times. */
export function entriesOf(stories: readonly ToldStory[]): readonly LedgerEntry[] {
  return stories
    .flatMap((story) => story.records.map((record) => entryOf(contentOf(story, record))))
    .toSorted((a, b) => (a.time < b.time ? -1 : a.time > b.time ? 1 : 0));
}

function contentOf({ incident, service, opened }: ToldStory, told: ToldRecord): Omit<LedgerEntry, "id"> {
  const { at, kind, phase = "result", person, tier, by = "alerts", change, result } = told;
  const actor: RecordedActor = person === undefined ? { kind: "remit" } : { kind: "person", login: person };
  return {
    kind,
    phase,
    time: iso(at),
    software: "0.1.0",
    actor,
    incident: { id: incident, service, environment: "production", openedAt: iso(opened) },
    ...(tier === undefined ? {} : { decision: decisionOf(tier, by, kind === "undone" ? "undo" : "fix") }),
    ...(change === undefined ? {} : { change: changeOf(incident, change) }),
    ...(result === undefined ? {} : { result }),
  };
}

const base = "b".repeat(40);

function decisionOf(tier: NonNullable<ToldRecord["tier"]>, by: RecordedDecision["by"], kind: "fix" | "undo") {
  const inputs = {
    now: 0,
    attempts: 0,
    kind,
    storm: { sickServices: 0, changesUnderWay: 0 },
    health: [],
    settings: { stoodMs: 0, suspectWindowMs: 0 },
    outside: [],
  } as const;
  return {
    by,
    base,
    policy: { digest: "d", revision: base },
    ...(tier === "abstained" ? {} : { tier }),
    operands: [],
    reasons: [],
    inputs,
    inputsDigest: textDigest(""),
  };
}

function changeOf(incident: string, kind: "fix" | "undo") {
  const candidate = textDigest(`${incident} ${kind}`).slice(0, 24);
  const action = kind === "fix" ? "rollback" : "undo";
  return { kind, action, title: action, candidate, confidence: 1, risks: [], base, files: [], diff: textDigest("[]") };
}
