import type { AuthorityState } from "../../authority/decide.ts";
import type { RecordedDecision } from "../../ledger/ledger-record.ts";
import { breakerMemoryMs, pastRemediations } from "../../remediation/past-remediations.ts";
import { replayed } from "../../remediation/replayed.ts";
import type { RepositoryReader } from "../../remediation/repository-reader.ts";
import type { Check } from "../check.ts";
import { notInClone } from "../commits-of.ts";
import { readable } from "../ledger.ts";

export const policyBytes: Check = {
  name: "policy-bytes",
  title: "each decision names the policy that stood on the base branch, by the digest of its bytes",
  async run({ ledger, reader, base }, seen) {
    for (const stored of readable(ledger)) {
      const { decision, time } = stored.record;
      // Where nothing was to be judged, nobody read it.
      if (decision === undefined || decision.policy.digest === "unread") continue;
      const { revision } = decision.policy;
      if (decision.policy.digest === "unsigned") {
        seen.skip("whose signatures count is said by the deployment's configuration, which isn't in git");
      } else if (!(await reader.mirror.has(revision))) {
        seen.skip(notInClone);
      } else {
        const isThere = base === undefined || (await reader.mirror.isAncestor(revision, base));
        const mistake = isThere ? undefined : `commit ${revision}, where its policy was read, isn't on the base branch`;
        seen.record(stored, mistake ?? difference(decision, await inForce(reader, decision, Date.parse(time))));
      }
    }
  },
};

/** What a merged change of before says of the policy's version counts, too. */
async function inForce(reader: RepositoryReader, { policy }: RecordedDecision, now: number): Promise<AuthorityState> {
  const state = await reader.authority(policy.revision);
  if (state.kind !== "present" || policy.digest !== "replayed") return state;
  return replayed(state, await pastRemediations(reader, policy.revision, now, now - breakerMemoryMs));
}

function difference({ base, policy }: RecordedDecision, state: AuthorityState): string | undefined {
  if (policy.revision !== base)
    return `its policy is of commit ${policy.revision}, and not of ${base}, where it was decided`;
  const found = state.kind === "present" ? state.digest : state.kind;
  if (found !== policy.digest) return `its policy is ${policy.digest}, and that of commit ${base} is ${found}`;
  const version = state.kind === "present" ? state.authority.version : undefined;
  return version === policy.version
    ? undefined
    : `its policy has version ${policy.version ?? "none"}, and that of commit ${base} has ${version ?? "none"}`;
}
