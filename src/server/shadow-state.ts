/** What Remit would have done where it might not, and what people did. Holds only names from the repository. */
import type { Instant } from "../clock.ts";
import { type Agreement, agreements } from "../remediation/shadow/agreement.ts";
import type { Comparison, Shadow } from "../remediation/shadow/shadow.ts";
import type { Store } from "../store/store.ts";
import { targetName } from "../target.ts";

export interface ShadowState {
  readonly agreement: readonly ({ readonly repository: string } & Agreement)[];
  /** Newest first. */
  readonly shadows: readonly ShadowSummary[];
}

export interface ShadowSummary
  extends Pick<Shadow, "incident" | "repository" | "runbook" | "action" | "tier" | "base"> {
  /** `checkout/production` */
  readonly target: string;
  readonly plannedAt: Instant;
  readonly files: readonly string[];
  /** The best so far. */
  readonly comparison: Comparison | undefined;
  readonly settledAt: Instant | undefined;
}

export async function shadowState({ shadows }: Pick<Store, "shadows">, limit: number): Promise<ShadowState> {
  const results = Map.groupBy(await shadows.results(), ({ repository }) => repository);
  const agreement = [...results].flatMap(([repository, own]) =>
    agreements(own).map((each) => ({ repository, ...each })),
  );
  return { agreement, shadows: (await shadows.list(limit)).map(summary) };
}

function summary(shadow: Shadow): ShadowSummary {
  const { incident, repository, target, action, runbook, tier, base, plannedAt, comparison, settledAt } = shadow;
  const files = shadow.files.map(({ path }) => path);
  return {
    incident,
    repository,
    target: targetName(target),
    action,
    runbook,
    tier,
    base,
    plannedAt,
    files,
    comparison,
    settledAt,
  };
}
