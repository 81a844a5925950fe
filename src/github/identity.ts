/** Who we are on this GitHub, as far as recognising our own work goes. */
import type { CommitFacts } from "./read-schema.ts";

export interface Identity {
  /** The App's slug, `remit`. */
  readonly slug: string;
  /** Every commit of ours has GitHub's signature, so one without isn't ours. */
  readonly signsCommits: boolean;
}

/** GraphQL shows the bot as `remit[bot]` in one place and as `remit` in another. */
export function identityFrom(viewerLogin: string, signsCommits: boolean): Identity {
  return { slug: viewerLogin.replace(/\[bot\]$/, ""), signsCommits };
}

/** Author names are free text in git; GitHub's signature isn't. Where GitHub doesn't sign, the gate judges the content alone. */
export function isOurCommit(commit: CommitFacts, us: Identity): boolean {
  if (commit.author?.name !== `${us.slug}[bot]`) return false;
  const signature = commit.signature;
  if (signature === undefined || signature === null) return !us.signsCommits;
  return signature.isValid && signature.wasSignedByGitHub;
}
