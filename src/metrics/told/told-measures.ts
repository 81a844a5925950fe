/** The measures that need a ledger. Without one they have no number. */
import type { Instant } from "../../clock.ts";
import { between } from "../between.ts";
import { durations } from "../durations.ts";
import type { Remediation } from "../facts.ts";
import type { UnknownMeasure } from "../measure.ts";
import type { Measures } from "../metrics.ts";
import { share } from "../share.ts";
import { escalations } from "./escalations.ts";
import type { Ledger } from "./ledger.ts";
import { reactionsOf } from "./reactions-of.ts";

type Name =
  | "timeToAcknowledge"
  | "timeToDeliver"
  | "timeToVerify"
  | "acceptanceOfProposals"
  | "escalationPrecision"
  | "staleEscalations";

/** `merged`: fixes of the time that is looked at, `inside`, which ends at `until`. */
export function toldMeasures(
  ledger: Ledger | undefined,
  merged: readonly Remediation[],
  inside: (at: Instant) => boolean,
  until: Instant,
): Pick<Measures, Name> {
  if (ledger === undefined) return unknown;
  const fixes = merged.map((fix) => ({ detectedAt: fix.detectedAt, told: ledger.fixOf(fix) }));
  return {
    timeToAcknowledge: durations(
      ledger.incidents
        .filter((incident) => {
          const concernsPeople = incident.wantedAt !== undefined || reactionsOf(incident).length > 0;
          return incident.isTrouble && inside(incident.openedAt) && concernsPeople;
        })
        .map((incident) => between(incident.openedAt, reactionsOf(incident)[0])),
    ),
    timeToDeliver: durations(fixes.map(({ detectedAt, told }) => between(detectedAt, told?.deliveredAt))),
    timeToVerify: durations(
      fixes
        .filter(({ told }) => told?.seen === undefined || told.seen.outcome === "recovered")
        .map(({ detectedAt, told }) => between(detectedAt, told?.seen?.at)),
    ),
    acceptanceOfProposals: acceptance(ledger, inside),
    ...escalations(ledger.incidents, inside, until),
  };
}

function acceptance(ledger: Ledger, inside: (at: Instant) => boolean) {
  const ended = ledger.fixes.filter(({ incident, proposedAt, merged, withdrawnAt }) => {
    const unmergedAt = withdrawnAt ?? ledger.incidentOf(incident)?.closed?.at;
    const at = merged === undefined ? unmergedAt : ledger.mergedAt(merged);
    return proposedAt !== undefined && at !== undefined && inside(at);
  });
  return share(ended, ({ merged }) => merged !== undefined);
}

function none(kind: UnknownMeasure["kind"], why: string): UnknownMeasure {
  return { kind, known: false, why };
}

const unknown: Pick<Measures, Name> = {
  timeToAcknowledge: none("duration", "who took an incident up is not in git"),
  timeToDeliver: none("duration", "what a controller applied is not in git"),
  timeToVerify: none("duration", "when an incident was over is not in git"),
  acceptanceOfProposals: none("share", "proposals that were never merged are not in git"),
  escalationPrecision: none("share", "escalations are not in git"),
  staleEscalations: none("share", "escalations are not in git"),
};
