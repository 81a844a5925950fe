/** The measures in the order in which people read them, with their names. */
import type { Measures } from "./metrics.ts";

export interface Section {
  readonly title: string;
  readonly rows: readonly { readonly name: keyof Measures; readonly label: string }[];
}

export const sections: readonly Section[] = [
  {
    title: "How fast",
    rows: [
      { name: "timeToDetect", label: "time to detect" },
      { name: "timeToAcknowledge", label: "time to acknowledge" },
      { name: "timeToPropose", label: "time to propose" },
      { name: "timeToMerge", label: "time to merge" },
      { name: "timeToDeliver", label: "time to deliver" },
      { name: "timeToVerify", label: "time to verify" },
    ],
  },
  {
    title: "How well",
    rows: [
      { name: "autonomyRate", label: "autonomy rate" },
      { name: "falseInterventions", label: "false interventions" },
      { name: "harm", label: "harm, at most" },
      { name: "repeatIncidents", label: "repeat incidents" },
      { name: "acceptanceOfProposals", label: "acceptance of proposals" },
      { name: "escalationPrecision", label: "escalation precision" },
      { name: "staleEscalations", label: "stale escalations" },
    ],
  },
  {
    title: "The repository (DORA)",
    rows: [
      { name: "deploymentFrequency", label: "deployment frequency" },
      { name: "leadTimeForChanges", label: "lead time for changes" },
      { name: "changeFailureRate", label: "change failure rate" },
      { name: "timeToRestore", label: "time to restore" },
      { name: "timeToRestoreByRemit", label: "  by Remit" },
      { name: "timeToRestoreByPeople", label: "  by people" },
    ],
  },
];
