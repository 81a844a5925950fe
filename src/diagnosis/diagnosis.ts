/** What changed for a target before it broke, and how sure we are. Computed by `diagnose` (pure). */
import type { Instant } from "../clock.ts";
import type { CatalogueTarget } from "../gitops/catalogue/catalogue.ts";
import type { FieldChange } from "../gitops/history/field-change.ts";
import type { Reason } from "../reason.ts";

export interface Diagnosis {
  readonly entry: CatalogueTarget;
  /** When the trouble began: the earliest startsAt among the firing alerts. */
  readonly troubleAt: Instant;
  /** Ranked, likeliest first. */
  readonly suspects: readonly Suspect[];
  /** 0 to 1. */
  readonly confidence: number;
  readonly reasons: readonly Reason[];
  readonly evidence: readonly Evidence[];
}

export interface Suspect {
  /** Full commit id. */
  readonly commit: string;
  readonly committedAt: Instant;
  readonly author: string;
  /** First line of the commit message; untrusted. */
  readonly subject: string;
  /** 0 to 1. */
  readonly score: number;
  /** Sentences. */
  readonly why: readonly string[];
  /** What it did to this target's fields. */
  readonly changes: readonly FieldChange[];
  /** Every path that the commit touched. */
  readonly paths: readonly string[];
}

export interface Evidence {
  readonly kind: "alert" | "sync" | "commit" | "health";
  readonly at: Instant;
  readonly message: string;
}

/** A revision that a controller reported as applied and healthy (or not) for this target. */
export interface HealthRecord {
  readonly revision: string;
  readonly at: Instant;
  readonly health: "healthy" | "degraded" | "progressing" | "unknown";
}
