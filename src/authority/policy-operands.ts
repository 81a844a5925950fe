import type { Reason } from "../reason.ts";
import { type Target, targetName } from "../target.ts";
import type { Mode } from "./authority.ts";
import type { Change } from "./change.ts";
import type { AuthorityState } from "./decide.ts";
import type { GrantForAll } from "./grant-for-all.ts";
import type { EffectiveGrant } from "./matching-grant.ts";
import { placesOf } from "./places-of.ts";
import type { Operand, Tier } from "./verdict.ts";

/** Could the policy be read at all, and is it the newest? */
export function policyOperand(authority: AuthorityState): Operand {
  switch (authority.kind) {
    case "present": {
      const { name, version } = authority.authority;
      const by = authority.signers === undefined ? "" : `, signed by ${authority.signers.join(" and ")}`;
      const message = `policy ${name}, version ${version}, at ${authority.revision.slice(0, 12)}${by}`;
      return { name: "policy", tier: "merge", reason: { code: "within-limits", message } };
    }
    default:
      // Without signatures anybody who may merge could turn a policy that only observes into none, which suggests.
      return { name: "policy", tier: authority.mustBeSigned ? "observe" : "suggest", reason: absence(authority) };
  }
}

/** Why nothing is granted. */
function absence(authority: Exclude<AuthorityState, { readonly kind: "present" }>): Reason {
  switch (authority.kind) {
    case "missing":
      return { code: "policy-missing", message: "there is no policy file" };
    case "replayed": {
      const message = `the policy is version ${authority.version}, and version ${authority.newest} was in force before: nothing is granted`;
      return { code: "policy-replayed", message };
    }
    case "reused": {
      const message = `the policy has changed, and is version ${authority.version} as the one before it: nothing is granted`;
      return { code: "policy-reused", message };
    }
    case "invalid": {
      // No mistakes are listed where the file couldn't be read at all.
      const message = `the policy file has ${placesOf(authority.mistakes)}: until it is mended nothing is granted`;
      return { code: "policy-invalid", message };
    }
    case "unsigned": {
      const { signers, threshold } = authority;
      const message =
        signers.length === 0
          ? "nobody that the deployment trusts has signed the policy: nothing is granted"
          : `the policy raises what Remit may do, and ${signers.length} of the ${threshold} who have to signed it: nothing is granted`;
      return { code: "policy-unsigned", message };
    }
  }
}

/** What the grants allow, whether their conditions hold, how much of it is in force, and what none of them covers. */
export function grantOperands({ granted, uncovered }: GrantForAll, { action }: Change): readonly Operand[] {
  return [
    ...(granted === undefined ? [] : [grantOperand(granted), whenOperand(granted), modeOperand(granted)]),
    ...uncovered.map((target) => noGrant(action, target)),
  ];
}

/** No grant means `suggest`: people are told, and nothing is written. */
function noGrant(action: string, target: Target): Operand {
  const message = `no grant covers ${action} on ${targetName(target)}`;
  return { name: "grant", tier: "suggest", reason: { code: "no-grant", message } };
}

function grantOperand(grant: EffectiveGrant): Operand {
  const message = `granted ${grant.tier} by ${grant.names.join(" and ")}`;
  return { name: "grant", tier: grant.tier, reason: { code: "grant", message } };
}

/** A condition that fails has brought in other grants already; this says so. */
function whenOperand({ failed: [first], tier }: EffectiveGrant): Operand {
  return first === undefined
    ? { name: "when", tier: "merge", reason: { code: "within-limits", message: "every condition holds" } }
    : { name: "when", tier, reason: { code: "condition-false", message: `the grant asks for: ${first.message}` } };
}

/** The most that a mode does, whatever is granted. */
export const modeTier: Readonly<Record<Mode, Tier>> = { audit: "observe", warn: "propose", enforce: "merge" };

function modeOperand({ mode, names }: EffectiveGrant): Operand {
  const tier = modeTier[mode];
  if (mode === "enforce")
    return { name: "mode", tier, reason: { code: "within-limits", message: "the grant is in force" } };
  const does = mode === "audit" ? "only recorded" : "proposed at most";
  const message = `${names.join(" and ")} is in mode ${mode}: what it grants is ${does}`;
  return { name: "mode", tier, reason: { code: "mode", message } };
}
