/** How likely it is that a change caused the trouble, with the sentences that say why. */
import type { Instant } from "../clock.ts";
import type { FieldRole } from "../gitops/catalogue/catalogue.ts";
import type { HealthRecord } from "./diagnosis.ts";
import { readable } from "./readable.ts";
import { span } from "./span.ts";
import type { TargetCommit } from "./target-commits.ts";

const minute = 60_000;
const hour = 60 * minute;

/** A version that ran this long before the next one is no longer blamed for trouble that came after both. */
const settledMs = 30 * minute;

const versionRoles: ReadonlySet<FieldRole> = new Set([
  "image",
  "image-tag",
  "image-digest",
  "image-name",
  "chart-version",
  "revision",
]);

export interface Scored {
  readonly score: number;
  readonly why: readonly string[];
}

export interface ScoreInput {
  readonly suspect: TargetCommit;
  readonly troubleAt: Instant;
  /** When the next change of this target reached the branch, if that was before the trouble. */
  readonly supersededAt: Instant | undefined;
  readonly health: readonly HealthRecord[];
}

export function scoreSuspect({ suspect, troubleAt, supersededAt, health }: ScoreInput): Scored {
  const { commit, changes } = suspect;
  const age = troubleAt - commit.committedAt;
  const why = [`reached the branch ${age >= 0 ? `${span(age)} before` : "just as"} the trouble began`];
  let score = scoreOfAge(age);

  for (const { field, before, after } of changes) {
    why.push(`changed ${field.role} from ${readable(before)} to ${readable(after)} in ${readable(field.file)}`);
  }
  score += changes.some(({ field }) => versionRoles.has(field.role)) ? 0.05 : -0.1;

  const reported = lastWord(health, commit.id);
  if (reported === "degraded") {
    why.push("was reported degraded by the controller");
    score = Math.min(0.98, score + 0.1);
  }
  if (supersededAt !== undefined && reported !== "degraded") {
    const stood = supersededAt - commit.committedAt;
    why.push(`was replaced by a newer change after ${span(stood)}`);
    score *= reported === "healthy" || stood >= settledMs ? 0.3 : 0.8;
  }
  return { score: Math.round(score * 1000) / 1000, why };
}

function scoreOfAge(age: number): number {
  if (age <= hour) return 0.9;
  if (age <= 6 * hour) return 0.85;
  return age <= 24 * hour ? 0.75 : 0.6;
}

/** What the controllers said last about this revision, where they said anything definite. */
function lastWord(health: readonly HealthRecord[], revision: string): "healthy" | "degraded" | undefined {
  let last: { at: Instant; health: "healthy" | "degraded" } | undefined;
  for (const record of health) {
    if (record.revision !== revision || (record.health !== "healthy" && record.health !== "degraded")) continue;
    // Two reports of one moment: the worse counts.
    if (last === undefined || record.at > last.at || (record.at === last.at && record.health === "degraded")) {
      last = { at: record.at, health: record.health };
    }
  }
  return last?.health;
}
