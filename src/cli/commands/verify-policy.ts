/** `remit verify-policy`: is the policy of a commit signed as a deployment asks for? Reads git, writes nothing, needs no network. */
import { policyOperand } from "../../authority/policy-operands.ts";
import { RemitError } from "../../errors.ts";
import { repositoryReader } from "../../remediation/repository-reader.ts";
import type { Command } from "../command.ts";
import { withRepository } from "../map/open-repository.ts";
import { signatureOption, signatureOptions, signatureUsage } from "../signature-options.ts";

export const verifyPolicy: Command = {
  name: "verify-policy",
  summary: "whether the policy of a commit is signed by those whom a deployment trusts",
  usage: `--repo DIR --allowed-signers FILE --repository OWNER/NAME [--signatures N] [--at REV]

--repo DIR                 a git directory or work tree
--at REV                   the commit to read (40 or 64 hex digits); HEAD otherwise
${signatureUsage}
Ends with 0 where the policy counts, and with 3 where it doesn't. docs/signed-policies.md says how to sign one.`,
  options: { repo: { type: "string" }, at: { type: "string" }, ...signatureOptions },
  async run(context) {
    const signatures = await signatureOption(context);
    if (signatures === undefined) throw usage("--allowed-signers is missing");
    return withRepository(context, async (mirror, revision) => {
      const state = await repositoryReader(mirror, signatures).authority(revision);
      const { tier, reason } = policyOperand(state);
      const counts = state.kind === "present";
      const signers = "signers" in state ? (state.signers ?? []) : [];
      if (context.json) context.printJson({ revision, counts, tier, reason, signers, threshold: signatures.threshold });
      else context.print(`${counts ? "Yes" : "No"}: ${reason.message}`);
      return counts ? 0 : 3;
    });
  },
};

function usage(message: string): RemitError {
  return new RemitError("usage", `verify-policy: ${message}`, { audience: "user" });
}
