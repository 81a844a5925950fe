import type { Candidate } from "../actions/candidate.ts";
import { targetName } from "../target.ts";
import type { AuthorityState } from "./decide.ts";
import type { EffectiveGrant } from "./matching-grant.ts";
import type { Operand } from "./verdict.ts";

/** Could the policy be read at all? */
export function policyOperand(authority: AuthorityState): Operand {
  switch (authority.kind) {
    case "present": {
      const { name, version } = authority.authority;
      const message = `policy ${name}, version ${version}, at ${authority.revision.slice(0, 12)}`;
      return { name: "policy", tier: "merge", reason: { code: "within-limits", message } };
    }
    case "missing":
      return {
        name: "policy",
        tier: "suggest",
        reason: { code: "policy-missing", message: "there is no policy file" },
      };
    case "invalid": {
      const [first] = authority.mistakes;
      const place = first === undefined ? "" : `, first at line ${first.line}`;
      const count = authority.mistakes.length === 1 ? "a mistake" : `${authority.mistakes.length} mistakes`;
      const message = `the policy file has ${count}${place}: until it is mended nothing is granted`;
      return { name: "policy", tier: "suggest", reason: { code: "policy-invalid", message } };
    }
  }
}

/** No grant means `suggest`: people are told, and nothing is written. */
export function grantOperand(grant: EffectiveGrant | undefined, { action, target }: Candidate): Operand {
  if (grant === undefined) {
    const message = `no grant covers ${action} on ${targetName(target)}`;
    return { name: "grant", tier: "suggest", reason: { code: "no-grant", message } };
  }
  const message = `granted ${grant.tier} by ${grant.names.join(" and ")}`;
  return { name: "grant", tier: grant.tier, reason: { code: "grant", message } };
}
