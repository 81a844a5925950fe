/** Says something once on a merged pull request of Remit's own. What it has said there is GitHub's to tell, and no store's. */
import type { Forge } from "../remediation/forge.ts";
import { findMarker, renderMarker } from "../remediation/marker.ts";
import { composeMutation } from "./compose-mutation.ts";
import { type ForgeContext, run } from "./forge-context.ts";
import { commentPart } from "./issue-parts.ts";
import { readOwnPull } from "./read-own-pull.ts";

export async function commentOnMerged(
  context: ForgeContext,
  commit: string,
  body: string,
): ReturnType<Forge["commentOnMerged"]> {
  const pull = await readOwnPull(context, commit);
  if (pull === undefined) return "not-ours";
  const marker = findMarker(body);
  const known = pull.said.map(renderMarker);
  if (marker !== undefined && known.includes(renderMarker(marker))) return "said-before";
  const { document, variables } = composeMutation("RemitCommentOnMerged", [commentPart("comment", pull.id, body)]);
  const answer = await run(context, document, variables, "comment on a merged pull request");
  if (answer.anyFault !== undefined) throw answer.anyFault;
  return "said";
}
