/**
 * What onboarding needs of GitHub: the one exception from "Remit never writes below `.github/`". Implemented in github/, one request per
 * method. Whoever implements it holds the pack, so what is added can only be files of the pack; there is no way to merge.
 */
import type { Revision } from "../../gitops/mirror/mirror.ts";
import type { OwnPast } from "./own-past.ts";

export interface Onboarding {
  look(): Promise<OnboardingView>;
  /** Adds files of the pack on the branch, where it may have to be made, and opens the pull request. One document. */
  open(view: OnboardingView, request: OpenRequest): Promise<{ readonly number: number; readonly head: Revision }>;
  /** With a note, and with its branch. */
  close(view: OnboardingView, pull: OnboardingPull, note: string): Promise<void>;
}

/** The pack's files by their paths in a repository. */
export type PolicyPack = ReadonlyMap<string, Uint8Array>;

export interface OnboardingParts {
  readonly pack: PolicyPack;
  readonly on: (repository: string) => Onboarding;
  /** What Remit would have done in the repository's own past, within bounds; undefined where that can't be told. */
  readonly past: (repository: string, revision: Revision) => Promise<OwnPast | undefined>;
}

export const onboardingBranch = "remit/onboarding";

export interface OnboardingView {
  readonly repositoryId: string;
  readonly nameWithOwner: string;
  readonly archived: boolean;
  readonly fork: boolean;
  /** undefined: it has no commit. */
  readonly base: { readonly branch: string; readonly head: Revision } | undefined;
  /** There is an `authority.yaml` on the default branch. */
  readonly policy: boolean;
  /** By an issue or a file. */
  readonly stopped: boolean;
  readonly branch: OnboardingBranch | undefined;
  /** The newest that Remit opened from the branch: whatever became of it is the answer. */
  readonly pull: OnboardingPull | undefined;
}

export interface OnboardingBranch {
  readonly id: string;
  readonly head: Revision;
  /** Its head is a commit of ours on this one; undefined: somebody else's. */
  readonly ourParent: Revision | undefined;
}

export interface OnboardingPull {
  readonly id: string;
  readonly number: number;
  readonly state: "open" | "closed" | "merged";
  /** Nobody has added anything to it. */
  readonly untouched: boolean;
}

export interface OpenRequest {
  /** What the branch points at, or is to be made at. */
  readonly base: Revision;
  /** Paths of the pack that aren't there at `base`; empty: the commit is there already. */
  readonly add: readonly string[];
  readonly headline: string;
  readonly message: string;
  readonly title: string;
  readonly body: string;
}
