/** Whether the policy at a revision is signed as the deployment asks for. What may be trusted comes from there, never from the repository. */
import { parseAuthority } from "../authority/parse-authority.ts";
import { isAccepted, type StoodPolicy } from "../authority/signing/is-accepted.ts";
import type { Mirror, Revision } from "../gitops/mirror/mirror.ts";
import { authorityPath, signaturePath } from "./policy-paths.ts";
import type { TextsOfEach } from "./texts-of-each.ts";

export interface PolicySignatures {
  /** Signers that raising takes. Lowering takes one. */
  readonly threshold: number;
  /** Who signed the text, each once, by the deployment's list. Throws RemitError signatures-unavailable where that can't be told. */
  signers(text: string, signatures: readonly string[]): Promise<readonly string[]>;
}

export interface SignedState {
  readonly accepted: boolean;
  readonly signers: readonly string[];
}

/** More are nobody's. */
const mostSignatures = 20;
/** A policy that was lowered more often since enough people signed it wants new signatures. */
const mostStood = 50;

export async function signedState(
  { mirror, textsOfEach }: { readonly mirror: Mirror; readonly textsOfEach: TextsOfEach },
  revision: Revision,
  signatures: PolicySignatures,
): Promise<SignedState> {
  const paths = [authorityPath, signaturePath];
  const stood: StoodPolicy[] = [];
  const look = async (revisions: readonly Revision[]) => {
    for (const files of await textsOfEach(revisions.map((each) => ({ revision: each, paths })))) {
      const text = files.get(authorityPath);
      if (text === undefined) continue;
      const { authority } = parseAuthority(text, authorityPath);
      const signers = await signatures.signers(text, signaturesIn(files.get(signaturePath) ?? ""));
      stood.push({ text, authority, signers });
      if (signers.length >= signatures.threshold) return;
    }
  };
  await look([revision]);
  const signers = stood[0]?.signers ?? [];
  if (signers.length > 0 && signers.length < signatures.threshold) {
    const commits = await mirror.log(revision, { paths, files: false, limit: mostStood });
    // The newest of them is how things stand now.
    await look(commits.slice(1).map(({ id }) => id));
  }
  return { accepted: isAccepted(stood, signatures.threshold), signers };
}

/** The armoured blocks in a text, one for each signer. */
function signaturesIn(text: string): readonly string[] {
  const blocks = text.match(/-----BEGIN SSH SIGNATURE-----\r?\n[A-Za-z0-9+/=\s]{1,20000}-----END SSH SIGNATURE-----/g);
  return (blocks ?? []).slice(0, mostSignatures).map((block) => `${block}\n`);
}
