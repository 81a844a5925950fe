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
  /** There will be a dashboard. */
  readonly dashboard: boolean;
}

export interface FoundTargets {
  readonly count: number;
  /** There are too many to be read for this. */
  readonly uncounted: boolean;
  /** Those with most services first. */
  readonly environments: readonly FoundEnvironment[];
}

export interface FoundEnvironment {
  /** undefined: of those that belong to none. */
  readonly name: string | undefined;
  /** In order. */
  readonly services: readonly string[];
  /** 0 where they aren't counted. */
  readonly fields: number;
}

/** A target's fields are read when they are asked for. */
const countedTargets = 500;
/** Whoever took the policy away within this time has answered. */
const answeredMs = 365 * 24 * 60 * 60_000;

/** undefined: it has none, so that Remit has nothing to offer. */
export async function foundTargets(reader: RepositoryReader, revision: Revision): Promise<FoundTargets | undefined> {
  const { targets } = await reader.catalogue(revision);
  if (targets.length === 0) return undefined;
  const uncounted = targets.length > countedTargets;
  const environments = Map.groupBy(targets, ({ target }) => target.environment);
  return {
    count: targets.length,
    uncounted,
    environments: [...environments]
      .map(([name, entries]) => ({
        name,
        services: [...new Set(entries.map(({ target }) => target.service))].sort(byName),
        fields: uncounted ? 0 : entries.reduce((sum, { fields }) => sum + fields.length, 0),
      }))
      .sort((a, b) => b.services.length - a.services.length || ((a.name ?? "") < (b.name ?? "") ? -1 : 1)),
  };
}

/** Those that a template fills in come last: they say least. */
function byName(a: string, b: string): number {
  const filled = (name: string) => Number(!/^[\p{L}\p{N}]/u.test(name));
  return filled(a) - filled(b) || (a < b ? -1 : 1);
}

export async function wasTakenAway(reader: RepositoryReader, revision: Revision, now: Instant): Promise<boolean> {
  const since = now - answeredMs;
  const commits = await reader.mirror.log(revision, { paths: [authorityPath], since, limit: 1, files: false });
  return commits.length > 0;
}
