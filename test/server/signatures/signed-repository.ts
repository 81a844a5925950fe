/** A repository with a policy that people sign with real keys, and the list of whom a deployment trusts. */
import { execFileSync, spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { signatureNamespace } from "../../../src/server/signatures/ssh-signatures.ts";
import { gitRepository } from "../../gitops/git-repository.ts";
import { temporaryDirectory } from "../../store/temporary-directory.ts";

export const repository = "Acme/shop";
export const authorityPath = ".github/remit/authority.yaml";

/** Tests that sign are skipped where nobody could. */
export const hasSshKeygen = spawnSync("ssh-keygen", ["-Y", "check-novalidate"]).error === undefined;

export type Signer = "alice" | "bob" | "mallory";

export function authority(version: number, tier: string): string {
  return `apiVersion: remit.dev/v1alpha1
kind: Authority
metadata: {name: shop}
spec:
  version: ${version}
  grants:
    - {name: checkout, match: {services: [checkout]}, tier: ${tier}}
`;
}

export function signedRepository() {
  const keys = temporaryDirectory();
  const git = gitRepository();
  for (const name of ["alice", "bob", "mallory"])
    execFileSync("ssh-keygen", ["-q", "-t", "ed25519", "-N", "", "-C", name, "-f", join(keys, name)]);
  const publicKey = (name: Signer) => readFileSync(join(keys, `${name}.pub`), "utf8").trim();
  const allowedSigners = join(keys, "allowed_signers");
  const allowed = `alice ${publicKey("alice")}\nbob namespaces="remit:*" ${publicKey("bob")}\n`;
  writeFileSync(allowedSigners, allowed);
  const sign = (text: string, by: Signer, namespace = signatureNamespace(repository)) =>
    execFileSync("ssh-keygen", ["-q", "-Y", "sign", "-n", namespace, "-f", join(keys, by)], {
      input: text,
      encoding: "utf8",
      stdio: ["pipe", "pipe", "ignore"],
    });
  return {
    git,
    /** The file of the deployment's list, and its text. */
    allowedSigners,
    allowed,
    publicKey,
    sign,
    /** Commits the policy with the signatures of these people. */
    commit(text: string, ...signers: readonly Signer[]): string {
      const signatures = signers.map((signer) => sign(text, signer)).join("");
      return git.commit({ [authorityPath]: text, [`${authorityPath}.sig`]: signatures });
    },
  };
}
