/** Which of the policies that stood on the branch were signed by enough people: raising takes the threshold, lowering one of them. */
import type { Authority } from "../authority.ts";
import { raisesAuthority } from "./raises-authority.ts";

export interface StoodPolicy {
  readonly text: string;
  /** undefined where it has mistakes. */
  readonly authority: Authority | undefined;
  /** Each once. */
  readonly signers: readonly string[];
}

/** `stood`: newest first, at least from the newest that the threshold signed. Is the first of them in force? */
export function isAccepted(stood: readonly StoodPolicy[], threshold: number): boolean {
  let accepted: StoodPolicy | undefined;
  for (const policy of stood.toReversed()) {
    const { authority, signers } = policy;
    if (authority === undefined || signers.length === 0) continue;
    if (signers.length >= threshold || (accepted?.authority && !raisesAuthority(accepted.authority, authority))) {
      accepted = policy;
    }
  }
  return accepted !== undefined && accepted === stood[0];
}
