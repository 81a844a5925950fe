import { actionNames } from "../../actions/catalogue.ts";
import type { Target } from "../../target.ts";
import type { Authority, Grant } from "../authority.ts";
import { isMoreSpecific, matches } from "../matches.ts";
import { minimumTier } from "../minimum-tier.ts";
import { namedTargets } from "../named-targets.ts";
import type { Found } from "./finding.ts";
import { namesNothing } from "./lint-names.ts";

interface Place {
  readonly action: string;
  readonly target: Target;
}

/** Grants that decide nowhere, or whose tier nobody ever gets. Where the repository isn't known, every target is thought of. */
export function lintGrants(authority: Authority, targets: readonly Target[] | undefined): readonly Found[] {
  const places = (targets ?? namedTargets(authority)).flatMap((target) =>
    actionNames.map((action) => ({ action, target })),
  );
  return authority.grants.flatMap((grant, index): readonly Found[] => {
    const matched = places.filter(({ action, target }) => matches(grant.match, action, target));
    const found =
      matched.length === 0
        ? matchesNothing(grant, targets)
        : (shadowed(authority, grant, matched) ?? capped(authority, grant, matched));
    return found === undefined ? [] : [{ ...found, path: ["spec", "grants", index, "match"] }];
  });
}

type Told = Omit<Found, "path">;

/** Where a name is unknown, that is the finding. */
function matchesNothing({ name, match }: Grant, targets: readonly Target[] | undefined): Told | undefined {
  if (targets === undefined || namesNothing(match, targets)) return undefined;
  return {
    code: "grant-matches-nothing",
    severity: "error",
    what: `grant ${name} matches no target`,
    why: "each of its names exists in this repository, but no target has them together",
    mend: "remit map lists the targets that there are; name those, or remove the grant",
  };
}

function shadowed(authority: Authority, grant: Grant, matched: readonly Place[]): Told | undefined {
  const stronger = matched.map((place) =>
    holding(authority, place).filter((other) => isMoreSpecific(other.match, grant.match)),
  );
  if (stronger.some((others) => others.length === 0)) return undefined;
  return {
    code: "grant-shadowed",
    severity: "error",
    what: `grant ${grant.name} never decides`,
    why: `wherever it matches, a more specific grant takes its place: ${namesFrom(stronger.flat())}`,
    mend: "remove it, or let it name what the others leave open",
  };
}

function capped(authority: Authority, grant: Grant, matched: readonly Place[]): Told | undefined {
  const lower = matched.map((place) =>
    holding(authority, place).filter(
      (other) =>
        other.tier !== grant.tier &&
        minimumTier([other.tier, grant.tier]) === other.tier &&
        !steppedBack(authority, other, place),
    ),
  );
  if (lower.some((others) => others.length === 0)) return undefined;
  return {
    code: "grant-capped",
    severity: "warning",
    what: `tier ${grant.tier} of grant ${grant.name} is never reached`,
    why: `wherever it matches, a grant that it doesn't replace holds beside it with a lower tier: ${namesFrom(lower.flat())}`,
    mend: "lower its tier to what counts, or let it name whatever the other one names, too",
  };
}

/** Grants that hold there whatever the conditions of an incident. */
function holding({ grants }: Authority, { action, target }: Place): readonly Grant[] {
  return grants.filter(({ match, when }) => when.length === 0 && matches(match, action, target));
}

/** Could any grant, the one in question included, take its place there under whichever conditions? */
function steppedBack({ grants }: Authority, grant: Grant, { action, target }: Place): boolean {
  return grants.some(({ match }) => matches(match, action, target) && isMoreSpecific(match, grant.match));
}

function namesFrom(grants: readonly Grant[]): string {
  return [...new Set(grants.map(({ name }) => name))].toSorted().join(", ");
}
