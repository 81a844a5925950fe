/** An incident: all signals that concern one target, from the first to the close. What was done about it is a `Response`. */
import type { Instant } from "../clock.ts";
import type { Target } from "../target.ts";
import type { ClassLabel } from "./class-label.ts";

export interface Incident {
  /** `checkout-production-3f2a9c1b40de`: from the repository, the target and when it began, so the same after any restart. */
  readonly id: string;
  /** `owner/name`. */
  readonly repository: string;
  readonly target: Target;
  /** The earliest startsAt of its alerts. */
  readonly openedAt: Instant;
  /** One per source + fingerprint + startsAt; at most a hundred. */
  readonly alerts: readonly IncidentAlert[];
  /** The newest comment that may hold a command: GitHub's time of it, and when a webhook told of it, which always grows. */
  readonly comment?: { readonly at: Instant; readonly heardAt: Instant };
  /** Those beyond the hundred that are listed, while any of them fires. */
  readonly unlisted?: UnlistedAlerts;
}

export interface UnlistedAlerts {
  /** When the newest alert of each series began, by a digest of its source and fingerprint. Only those that fire. */
  readonly firing: Readonly<Record<string, Instant>>;
  readonly lastFiringAt: Instant;
  /** The lowest class that any of them was labelled with, for as long as one of them fires. Older records don't have it. */
  readonly lowest?: ClassLabel;
  /** What they are called, who says so, and how many of them there are: of the first hundred names. Older records don't have it. */
  readonly kinds?: readonly UnlistedKind[];
}

export interface UnlistedKind {
  readonly source: string;
  /** Untrusted text. */
  readonly alertname: string | undefined;
  readonly count: number;
}

export interface IncidentAlert {
  readonly source: string;
  readonly fingerprint: string;
  readonly startsAt: Instant;
  /** Untrusted text. */
  readonly labels: Readonly<Record<string, string>>;
  /** Untrusted text. */
  readonly annotations: Readonly<Record<string, string>>;
  readonly status: "firing" | "resolved";
  readonly firstSeenAt: Instant;
  /** When Remit was last told that it fires. */
  readonly lastFiringAt: Instant;
  readonly resolvedAt: Instant | undefined;
}
