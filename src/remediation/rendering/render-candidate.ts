/**
 * Does what a controller would apply differ as a candidate declares it? Refused where nothing would change, where more would, and where
 * it couldn't be rendered any more. Where other environments would change in the same way, and where nobody can render it, the
 * candidate says so.
 */
import type { ActionResult, Candidate } from "../../actions/candidate.ts";
import { readable } from "../../diagnosis/readable.ts";
import type { Revision } from "../../gitops/mirror/mirror.ts";
import type { Reason } from "../../reason.ts";
import type { RepositoryReader } from "../repository-reader.ts";
import { renderChange } from "./render-change.ts";

export async function renderCandidate(
  reader: RepositoryReader,
  revision: Revision,
  candidate: Candidate,
): Promise<ActionResult> {
  const { target, ...written } = candidate;
  const change = await renderChange(reader, revision, { ...written, targets: [target] });
  if (change.outcome === "differs") return refused(change.reason);
  const { immutable, beside, effect } = change;
  // What goes back may never have been applied.
  if (immutable !== undefined && candidate.suspect === undefined) return refused(immutable);
  const risks = [...besideRisks(beside), ...(immutable === undefined ? [] : [immutable])];
  return { outcome: "candidate", candidate: { ...withRisks(candidate, risks), rendered: effect } };
}

function besideRisks(environments: readonly string[]): readonly Reason[] {
  if (environments.length === 0) return [];
  const message = `what changes is applied in ${environments.map(readable).join(", ")}, too`;
  return [{ code: "shared-field", message }];
}

/** Once: they may have been told when it was planned. */
function withRisks(candidate: Candidate, risks: readonly Reason[]): Candidate {
  if (risks.length === 0) return candidate;
  const told = new Set(risks.map(({ message }) => message));
  return { ...candidate, risks: [...candidate.risks.filter(({ message }) => !told.has(message)), ...risks] };
}

function refused(reason: Reason): ActionResult {
  return { outcome: "refused", reasons: [reason] };
}
