/** What is claimed by whatever is said in other files: an ApplicationSet, a release, a chart, a variable's name. */
import type { FileChanges } from "./changes.ts";
import { chartClaims } from "./chart-claims.ts";
import type { Claim } from "./claim.ts";
import type { FileFacts } from "./document-facts.ts";
import type { ClaimContext } from "./document-names.ts";
import type { GeneratedApplication } from "./generated-applications.ts";
import { generatedClaims } from "./generated-claims.ts";
import { releaseClaims } from "./release-claims.ts";
import { resolveLink } from "./resolve-link.ts";
import { substitutionClaims } from "./substitution-claims.ts";

export interface DerivedClaims {
  readonly claims: readonly Claim[];
  /** By the file that describes them. */
  readonly releases: ReadonlyMap<string, readonly Claim[]>;
  readonly substitutions: readonly Claim[];
}

export interface DerivedChanges {
  readonly before: DerivedClaims;
  readonly files: FileChanges;
  /** Files of which anything that claims are made of may have changed. */
  readonly concerned: ReadonlySet<string>;
  /** Have objects that hold data changed, or what they are drawn in by? */
  readonly data: boolean;
}

/** Releases are many in some repositories: those that nothing concerns aren't gone through again. */
export function derivedClaims(
  applications: readonly GeneratedApplication[],
  context: ClaimContext,
  changes?: DerivedChanges,
): DerivedClaims {
  const moved = new Set([...(changes?.files.added ?? []), ...(changes?.files.removed ?? [])]);
  const releases = new Map<string, readonly Claim[]>();
  for (const file of context.traits.having("releases")) {
    const known = changes?.before.releases.get(file.path);
    const same = known !== undefined && changes !== undefined && !isConcerned(file, moved, changes);
    releases.set(file.path, same ? known : releaseClaims(file, context));
  }
  const substitutions = sameSubstitutions(context, changes) ?? substitutionClaims(context);
  const claims = [
    ...generatedClaims(applications, context),
    ...[...releases.values()].flat(),
    ...chartClaims(context),
    ...substitutions,
  ];
  return { claims, releases, substitutions };
}

/** Those of before, where none of the files that they are about is concerned. */
function sameSubstitutions(
  { substitutions }: ClaimContext,
  changes: DerivedChanges | undefined,
): readonly Claim[] | undefined {
  if (changes === undefined || !substitutions.same) return undefined;
  const { before, concerned } = changes;
  const changed = substitutions.all.some(({ by, into }) => concerned.has(by.file) || concerned.has(into));
  return changed ? undefined : before.substitutions;
}

function isConcerned(file: FileFacts, moved: ReadonlySet<string>, { concerned, data }: DerivedChanges): boolean {
  if (concerned.has(file.path)) return true;
  for (const { releases = [], environments = [] } of file.documents) {
    for (const { entries } of environments) {
      for (const entry of entries) {
        const link = "link" in entry ? entry.link : undefined;
        const target = link === undefined ? undefined : resolveLink(file.path, link.target, link.from);
        if (target !== undefined && concerned.has(target)) return true;
      }
    }
    for (const { layers } of releases) {
      for (const layer of layers) {
        // Which files these lead to is told by other files.
        if (layer.kind === "object" || layer.kind === "per-environment") {
          if (data || moved.size > 0) return true;
          continue;
        }
        const target =
          layer.link === undefined ? undefined : resolveLink(file.path, layer.link.target, layer.link.from);
        if (target !== undefined && concerned.has(target)) return true;
      }
    }
  }
  return false;
}
