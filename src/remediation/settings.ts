/** How long Remit waits for what, in milliseconds. Set in remit.yaml under `response`; the sandbox shortens them. */
export interface ResponseSettings {
  /** A previous value counts as healthy without records if it stood at least this long. */
  readonly stoodMs: number;
  /** A change this long before the trouble is still a suspect. */
  readonly suspectWindowMs: number;
  /** How long checks may take before a person is called. */
  readonly checksWithinMs: number;
  /** How long a review may take before a person is called. */
  readonly reviewWithinMs: number;
  /** How long the controller may take to apply the merge before a person is called. */
  readonly deliverWithinMs: number;
  /** How long recovery may take after delivery. */
  readonly verifyWithinMs: number;
  /** Time between two observations of recovery. */
  readonly observeEveryMs: number;
  /** Time between two looks at GitHub while waiting for people or checks; webhooks usually come first. */
  readonly pollEveryMs: number;
  /** Webhooks of one repository within this time lead to one look. */
  readonly settleMs: number;
  /** Consecutive observations of recovery that close an incident. */
  readonly recoveredStreak: number;
}

const minute = 60_000;

export const defaultSettings: ResponseSettings = {
  stoodMs: 30 * minute,
  suspectWindowMs: 13 * 24 * 60 * minute,
  checksWithinMs: 30 * minute,
  reviewWithinMs: 24 * 60 * minute,
  deliverWithinMs: 30 * minute,
  verifyWithinMs: 15 * minute,
  observeEveryMs: minute,
  pollEveryMs: 5 * minute,
  settleMs: 2_000,
  recoveredStreak: 2,
};

/** Controllers' reports older than this are no evidence. */
export const syncWindowMs = 14 * 24 * 60 * minute;
