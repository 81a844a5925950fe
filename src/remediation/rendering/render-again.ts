import type { ActionResult, Candidate } from "../../actions/candidate.ts";
import type { Revision } from "../../gitops/mirror/mirror.ts";
import type { RepositoryReader } from "../repository-reader.ts";
import { renderCandidate } from "./render-candidate.ts";

/** A candidate of an earlier revision, which still applies. `files`: what its files hold now. */
export async function renderAgain(
  reader: RepositoryReader,
  revision: Revision,
  candidate: Candidate,
  files: ReadonlyMap<string, string>,
): Promise<ActionResult> {
  if (candidate.files.every(({ path, before }) => files.get(path) === before))
    return renderCandidate(reader, revision, candidate);
  // What git would make of both isn't known before the merge.
  const why = "its files were changed beside it since it was decided";
  return { outcome: "candidate", candidate: { ...candidate, rendered: { kind: "not-rendered", why } } };
}
