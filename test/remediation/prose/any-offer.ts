/** What a repository is shown of itself, in whatever words it holds. */
import type { OnboardingOffer } from "../../../src/remediation/onboarding/offer.ts";
import { minute, t0 } from "../../support/situation.ts";

const day = 24 * 60 * minute;

export function offer(names: readonly string[], change: Partial<OnboardingOffer> = {}): OnboardingOffer {
  return {
    targets: {
      count: names.length * 2,
      uncounted: false,
      environments: [
        { name: "production", services: names, fields: 12 },
        ...names.map((name) => ({ name, services: names, fields: 7 })),
        { name: undefined, services: names, fields: 0 },
      ],
    },
    past: {
      since: t0 - 365 * day,
      commits: 2_000,
      found: 7,
      replayed: 6,
      exact: 4,
      part: 2,
      near: 1,
      wrong: 0,
      abstained: 1,
      failed: 0,
      quiet: { moments: 5, kept: 4 },
      cut: true,
      report: "# Backtest of `acme/shop`\n\nWhat `remit backtest` writes.",
    },
    files: 72,
    dashboard: true,
    ...change,
  };
}
