import type { Instant } from "../clock.ts";
import { firingStarts } from "../incidents/alert-state.ts";
import type { Incident } from "../incidents/incident.ts";
import { describeChange } from "./describe-change.ts";
import type { Evidence, HealthRecord, Suspect } from "./diagnosis.ts";
import { span } from "./span.ts";

export interface EvidenceInput {
  readonly incident: Incident;
  readonly suspects: readonly Suspect[];
  readonly health: readonly HealthRecord[];
  readonly troubleAt: Instant;
  readonly now: Instant;
}

/** What speaks for the diagnosis, oldest first. Sentences without a word from any payload. */
export function collectEvidence(input: EvidenceInput): readonly Evidence[] {
  return [...alertEvidence(input), ...commitEvidence(input), ...healthEvidence(input)].toSorted(
    (a, b) => a.at - b.at || (a.message < b.message ? -1 : a.message > b.message ? 1 : 0),
  );
}

function alertEvidence({ incident, troubleAt, now }: EvidenceInput): readonly Evidence[] {
  const count = firingStarts(incident).length;
  if (count === 0) return [];
  const alerts = count === 1 ? "1 alert fires" : `${count} alerts fire`;
  return [{ kind: "alert", at: troubleAt, message: `${alerts}, for ${span(now - troubleAt)} by now` }];
}

function commitEvidence({ suspects }: EvidenceInput): readonly Evidence[] {
  return suspects.flatMap(({ commit, committedAt, changes }) =>
    changes.map((change) => ({
      kind: "commit" as const,
      at: committedAt,
      message: `${commit.slice(0, 12)} ${describeChange(change)}`,
    })),
  );
}

/** The controllers' word on the suspects, and the last revision that was healthy before them. */
function healthEvidence({ suspects, health }: EvidenceInput): readonly Evidence[] {
  const named = new Set(suspects.map((suspect) => suspect.commit));
  const firstSuspectAt = Math.min(...suspects.map((suspect) => suspect.committedAt));
  const about = health.filter((record) => named.has(record.revision) && record.health !== "unknown");
  const before = health
    .filter((record) => record.health === "healthy" && record.at <= firstSuspectAt && !named.has(record.revision))
    .toSorted((a, b) => b.at - a.at)
    .slice(0, 1);
  return [...before, ...about].map((record) => ({
    kind: "health" as const,
    at: record.at,
    message: `${record.revision.slice(0, 12)} was reported ${record.health}`,
  }));
}
