/** `--allowed-signers FILE --repository OWNER/NAME [--signatures N]`: a policy counts as a deployment with these would have it. */
import { resolve } from "node:path";
import { RemitError } from "../errors.ts";
import type { PolicySignatures } from "../remediation/signed-policy.ts";
import { requireSshKeygen, sshSignatures } from "../server/signatures/ssh-signatures.ts";
import type { CommandContext } from "./command.ts";

export const signatureOptions = {
  "allowed-signers": { type: "string" },
  repository: { type: "string" },
  signatures: { type: "string" },
} as const;

export const signatureUsage = `--allowed-signers FILE     the policy has to be signed by people of this list, as policySigning in remit.yaml says it
--repository OWNER/NAME    for --allowed-signers: the repository that it was signed for
--signatures N             for --allowed-signers: signers that raising takes; 1 otherwise`;

/** undefined where none are asked for. Throws RemitError usage, or signatures-unavailable without ssh-keygen. */
export async function signatureOption(context: Pick<CommandContext, "text">): Promise<PolicySignatures | undefined> {
  const allowedSigners = context.text("allowed-signers");
  const repository = context.text("repository");
  const threshold = context.text("signatures") ?? "1";
  if (allowedSigners === undefined) {
    if (repository !== undefined || context.text("signatures") !== undefined)
      throw usage("--repository and --signatures go with --allowed-signers");
    return undefined;
  }
  if (repository === undefined || !/^[^/\s]+\/[^/\s]+$/.test(repository))
    throw usage("--allowed-signers wants --repository OWNER/NAME, which the policy was signed for");
  if (!/^[1-9]\d?$/.test(threshold)) throw usage("--signatures wants a number from 1 to 99");
  await requireSshKeygen();
  return sshSignatures({ allowedSigners: resolve(allowedSigners), repository, threshold: Number(threshold) });
}

function usage(message: string): RemitError {
  return new RemitError("usage", message, { audience: "user" });
}
