/** The identity of a remediation as a git branch: `remit/rollback/checkout-production/3f2a9c1b40de`. */
import type { ActionName } from "../actions/candidate.ts";
import { actionNames } from "../actions/catalogue.ts";
import { RemitError } from "../errors.ts";
import { type Target, targetSlug } from "../target.ts";

export type BranchAction = ActionName | "undo";

export interface BranchIdentity {
  readonly action: BranchAction;
  /** Target's slug. Distinct targets may share it; the digest tells them apart. */
  readonly slug: string;
  readonly digest: string;
}

const actions: readonly BranchAction[] = [...actionNames, "undo"];
const pattern = new RegExp(`^remit/(${actions.join("|")})/([a-z0-9][a-z0-9-]{0,59})/([0-9a-f]{12,64})$`);

/** The digest must be 12 to 64 lowercase hex digits. */
export function branchName(parts: {
  readonly action: BranchAction;
  readonly target: Target;
  readonly digest: string;
}): string {
  const name = `remit/${parts.action}/${targetSlug(parts.target)}/${parts.digest}`;
  if (!pattern.test(name))
    throw new RemitError("internal", `no branch can be named after the digest "${parts.digest}"`);
  return name;
}

/** undefined: not a branch that Remit names. */
export function parseBranchName(name: string): BranchIdentity | undefined {
  const [, word, slug, digest] = pattern.exec(name) ?? [];
  const action = actions.find((known) => known === word);
  if (action === undefined || slug === undefined || digest === undefined) return undefined;
  return { action, slug, digest };
}
