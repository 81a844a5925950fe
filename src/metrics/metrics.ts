/** All measures, by the names that programs know them by. docs/metrics.md defines each. */
import type { Instant } from "../clock.ts";
import type { DurationMeasure, RateMeasure, ShareMeasure, UnknownMeasure } from "./measure.ts";

export interface Metrics {
  readonly counts: Counts;
  readonly measures: Measures;
  readonly weeks: readonly Week[];
}

export interface Counts {
  readonly fixes: number;
  readonly undos: number;
  /** Undos that were due: what was for a time only ended. */
  readonly leaseEnds: number;
  readonly incidents: number;
  readonly changes: number;
  readonly restores: { readonly remit: number; readonly people: number };
}

export interface Measures {
  readonly timeToDetect: DurationMeasure;
  readonly timeToAcknowledge: DurationMeasure | UnknownMeasure;
  readonly timeToPropose: DurationMeasure;
  readonly timeToMerge: DurationMeasure;
  readonly timeToDeliver: DurationMeasure | UnknownMeasure;
  readonly timeToVerify: DurationMeasure | UnknownMeasure;
  readonly autonomyRate: ShareMeasure;
  readonly falseInterventions: ShareMeasure;
  readonly harm: ShareMeasure;
  readonly repeatIncidents: ShareMeasure;
  readonly acceptanceOfProposals: ShareMeasure | UnknownMeasure;
  readonly escalationPrecision: ShareMeasure | UnknownMeasure;
  readonly staleEscalations: ShareMeasure | UnknownMeasure;
  readonly deploymentFrequency: RateMeasure;
  readonly leadTimeForChanges: DurationMeasure;
  readonly changeFailureRate: ShareMeasure;
  readonly timeToRestore: DurationMeasure;
  readonly timeToRestoreByRemit: DurationMeasure;
  readonly timeToRestoreByPeople: DurationMeasure;
}

/** Seven days; the last one may be shorter. */
export interface Week {
  readonly from: Instant;
  readonly changes: number;
  /** Of these changes, those that were taken back later. */
  readonly failed: number;
  readonly fixes: number;
}
