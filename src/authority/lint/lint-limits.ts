import type { Authority, Grant, Limits } from "../authority.ts";
import { defaultLimits } from "../defaults.ts";
import { formatDuration } from "../duration.ts";
import { isAsStrict, type Rate } from "../rate.ts";
import { type Tier, tiers } from "../verdict.ts";
import type { DocumentPlaces } from "./document-places.ts";
import type { Found } from "./finding.ts";

/** From the narrowest: whatever counts for one of them counts for all that follow. */
const scopes = ["perTarget", "perService", "perRepository", "perInstallation"] as const;
type Scope = (typeof scopes)[number];

/** Limits that are written, and that something stricter always reaches first. Those that aren't written are nobody's mistake. */
export function lintLimits({ grants }: Authority, places: DocumentPlaces): readonly Found[] {
  return grants.flatMap((grant, index) => {
    const path = ["spec", "grants", index];
    const written = (key: string) => places.isWritten([...path, "limits", key]);
    const idle = idleByTier(grant, (keys) => places.isWritten([...path, ...keys]));
    const found =
      idle.length > 0
        ? idle
        : [...idleRates(grant, written), ...idleCooldown(grant, written), ...idleFiles(grant, written)];
    return found.map((each) => ({ ...each, path: [...path, ...each.path] }));
  });
}

function limitNeverBinds(path: Found["path"], what: string, why: string, mend: string): Found {
  return { code: "limit-never-binds", severity: "warning", path, what, why, mend };
}

/** A limit that is reached asks for a review, so it says nothing where a review is the most that is granted. */
function idleByTier({ name, tier }: Grant, written: (path: readonly string[]) => boolean): readonly Found[] {
  const upTo = (most: Tier) => tiers.indexOf(tier) <= tiers.indexOf(most);
  const idle = (keys: readonly string[], why: string) =>
    limitNeverBinds(
      keys,
      `${keys.join(".")} of grant ${name} never binds`,
      why,
      `remove it, or keep it for the day when the tier is raised`,
    );
  const limits = ["cooldown", ...scopes, "files", "lines", "targets", "replicas", "resources", "rendering"];
  return [
    ...limits.flatMap((key) =>
      upTo("propose") && written(["limits", key])
        ? [
            idle(
              ["limits", key],
              `what is over it is proposed for review, and tier ${tier} is no more than that anyway`,
            ),
          ]
        : [],
    ),
    ...(upTo("suggest") && written(["limits", "attempts"])
      ? [idle(["limits", "attempts"], `what is over it is suggested, and tier ${tier} is no more than that anyway`)]
      : []),
    ...(upTo("propose") && written(["vetoWindow"])
      ? [idle(["vetoWindow"], `nobody waits for objections at tier ${tier}`)]
      : []),
    ...(upTo("suggest") && written(["requires"])
      ? [idle(["requires"], `nothing is there to approve at tier ${tier}`)]
      : []),
  ];
}

function idleRates({ name, limits }: Grant, written: (key: string) => boolean): readonly Found[] {
  return scopes.filter(written).flatMap((scope) => {
    const own = ownRates(limits, scope);
    return own.flatMap((rate, index): readonly Found[] => {
      const stricter = stricterThan(limits, scope, rate, index, written);
      if (stricter === undefined) return [];
      return [
        limitNeverBinds(
          own.length === 1 ? ["limits", scope] : ["limits", scope, index],
          `${scope} ${rateText(rate)} of grant ${name} never binds`,
          `${stricter} is always reached no later`,
          "lower it, raise the other one, or remove it",
        ),
      ];
    });
  });
}

/** Those of the policy: what counts the installation begins with Remit's own. */
function ownRates(limits: Limits, scope: Scope): readonly Rate[] {
  return scope === "perInstallation" ? limits[scope].slice(defaultLimits.perInstallation.length) : limits[scope];
}

/** Not more in a time that isn't shorter, of the same or of whatever includes it. As words; undefined where there is none. */
function stricterThan(
  limits: Limits,
  scope: Scope,
  rate: Rate,
  place: number,
  written: (key: string) => boolean,
): string | undefined {
  const isSame = (other: Rate) => other.count === rate.count && other.windowMs === rate.windowMs;
  for (const wider of scopes.slice(scopes.indexOf(scope))) {
    const own = ownRates(limits, wider);
    const other = own.find((each, index) =>
      wider === scope
        ? index !== place && isAsStrict(each, rate) && (!isSame(each) || index < place)
        : // Who writes down what holds anyway made no mistake.
          isAsStrict(each, rate) && (written(wider) || !isSame(each)),
    );
    if (other !== undefined) return `${wider} ${rateText(other)}${written(wider) ? "" : ", the default,"}`;
    const fixed =
      wider === "perInstallation"
        ? defaultLimits.perInstallation.find((each) => isAsStrict(each, rate) && !isSame(each))
        : undefined;
    if (fixed !== undefined) return `perInstallation ${rateText(fixed)}, which always holds,`;
  }
  return undefined;
}

function idleCooldown({ name, limits }: Grant, written: (key: string) => boolean): readonly Found[] {
  const { cooldownMs } = limits;
  if (!written("cooldown") || cooldownMs === 0) return [];
  for (const scope of scopes) {
    const single = limits[scope].find(({ count, windowMs }) => count === 1 && windowMs >= cooldownMs);
    if (single === undefined) continue;
    return [
      limitNeverBinds(
        ["limits", "cooldown"],
        `cooldown ${formatDuration(cooldownMs)} of grant ${name} never binds`,
        `${scope} ${rateText(single)} allows no second change before it is over`,
        "remove it, or raise the rate",
      ),
    ];
  }
  return [];
}

function idleFiles({ name, limits }: Grant, written: (key: string) => boolean): readonly Found[] {
  if (!written("files") || limits.files < limits.lines) return [];
  return [
    limitNeverBinds(
      ["limits", "files"],
      `files ${limits.files} of grant ${name} never binds`,
      `a change of more files than that has more than ${limits.lines} lines, too, and ${limits.lines} are the most`,
      "lower it, or raise lines",
    ),
  ];
}

function rateText({ count, windowMs }: Rate): string {
  // As most policies spell a day.
  return `${count}/${formatDuration(windowMs).replace(/^1d$/, "24h")}`;
}
