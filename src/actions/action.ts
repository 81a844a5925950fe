/** What every action of the catalogue is given, and how it is called. Pure: the same input gives the same candidate. */
import type { Instant } from "../clock.ts";
import type { Diagnosis, HealthRecord } from "../diagnosis/diagnosis.ts";
import type { Catalogue, CatalogueTarget } from "../gitops/catalogue/catalogue.ts";
import type { FieldChange } from "../gitops/history/field-change.ts";
import type { CommitShare } from "../gitops/history/share.ts";
import type { Commit } from "../gitops/mirror/mirror.ts";
import type { Incident } from "../incidents/incident.ts";
import type { Barrier } from "./barrier.ts";
import type { ActionResult } from "./candidate.ts";
import type { Command } from "./commands/command.ts";

export interface ActionInput {
  readonly entry: CatalogueTarget;
  /** The whole repository, for how others spell the same thing. */
  readonly catalogue: Catalogue;
  /** Current texts of the target's files, and of those in which its fields' writers are told what to write. */
  readonly files: ReadonlyMap<string, string>;
  /** Current texts of what tells Renovate what to do, by path; none where no rollback is asked for. */
  readonly updaters?: ReadonlyMap<string, string>;
  /** The whole known history of the target's fields, newest first. */
  readonly changes: readonly FieldChange[];
  /** Commits that touched the target's files, newest first. */
  readonly commits: readonly Commit[];
  /** What each of them did to the target's own lines, newest first. */
  readonly shares: readonly CommitShare[];
  readonly health: readonly HealthRecord[];
  readonly barriers: readonly Barrier[];
  /** A value without a health record counts as healthy if it stood at least this long. */
  readonly stoodMs: number;
  /** What changed before the trouble; undefined where no trouble is known. */
  readonly diagnosis: Diagnosis | undefined;
  /** What a runbook answers; undefined where no alert is known. */
  readonly incident?: Incident | undefined;
  /** What a person asked for; undefined: the action is chosen by a runbook. Its `ask` is the action's own. */
  readonly command: Command | undefined;
  /** How long a runbook asks to hold whoever else writes what is restored; undefined: not at all. */
  readonly pinMs?: number | undefined;
  readonly now: Instant;
}

/** A candidate, or why there is none. Never throws for what a repository or a command may hold. */
export type Action = (input: ActionInput) => ActionResult;
