/** What a repository is shown of itself before it decides. */
import type { Instant } from "../../clock.ts";
import type { Revision } from "../../gitops/mirror/mirror.ts";
import { authorityPath } from "../policy-paths.ts";
import type { RepositoryReader } from "../repository-reader.ts";
import type { OwnPast } from "./own-past.ts";

export interface OnboardingOffer {
  readonly targets: FoundTargets;
  /** undefined: it couldn't be told. */
  readonly past: OwnPast | undefined;
  /** Of the pack. */
  readonly files: number;
}

export interface FoundTargets {
  readonly count: number;
  /** Those with most services first. */
  readonly environments: readonly FoundEnvironment[];
}

export interface FoundEnvironment {
  /** undefined: of those that belong to none. */
  readonly name: string | undefined;
  /** In order. */
  readonly services: readonly string[];
  /** undefined where there are too many to be read for this. */
  readonly fields: number | undefined;
}

/** A target's fields are read when they are asked for. */
const countedTargets = 500;
/** Whoever took the policy away within this time has answered. */
const answeredMs = 365 * 24 * 60 * 60_000;

/** undefined: it has none, so that Remit has nothing to offer. */
export async function foundTargets(reader: RepositoryReader, revision: Revision): Promise<FoundTargets | undefined> {
  const { targets } = await reader.catalogue(revision);
  if (targets.length === 0) return undefined;
  const counted = targets.length <= countedTargets;
  const environments = Map.groupBy(targets, ({ target }) => target.environment);
  return {
    count: targets.length,
    environments: [...environments]
      .map(([name, entries]) => ({
        name,
        services: [...new Set(entries.map(({ target }) => target.service))].sort(),
        fields: counted ? entries.reduce((sum, { fields }) => sum + fields.length, 0) : undefined,
      }))
      .sort((a, b) => b.services.length - a.services.length || ((a.name ?? "") < (b.name ?? "") ? -1 : 1)),
  };
}

export async function wasTakenAway(reader: RepositoryReader, revision: Revision, now: Instant): Promise<boolean> {
  const since = now - answeredMs;
  const commits = await reader.mirror.log(revision, { paths: [authorityPath], since, limit: 1, files: false });
  return commits.length > 0;
}
