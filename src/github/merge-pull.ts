/** Merges exactly the head that was judged, with one PUT and never a second. */
import { z } from "zod";
import { redact } from "../redact.ts";
import type { MergeRequest, MergeResult, RepositoryView } from "../remediation/forge.ts";
import { chooseMethod } from "./choose-method.ts";
import { cleanMessage } from "./describe-failure.ts";
import { type ForgeContext, ownerAndRepo } from "./forge-context.ts";
import { toRemitError } from "./to-remit-error.ts";

const mergedSchema = z.object({ sha: z.string().min(1), merged: z.literal(true) });
const pullSchema = z.object({ merged: z.boolean(), merge_commit_sha: z.string().nullish() });
const refusalSchema = z.object({ status: z.number(), message: z.string(), response: z.object({}) });

export async function mergePull(
  context: ForgeContext,
  view: RepositoryView,
  request: MergeRequest,
): Promise<MergeResult> {
  const doing = `merge pull request ${request.pullNumber} of ${context.repository}`;
  const { octokit } = context.app.client(context.repository);
  try {
    const response = await octokit.request("PUT /repos/{owner}/{repo}/pulls/{pull_number}/merge", {
      ...ownerAndRepo(context),
      pull_number: request.pullNumber,
      sha: request.head,
      merge_method: chooseMethod(context.mergeMethod, view),
      commit_title: redact(request.headline),
      commit_message: redact(request.message),
      ...(request.withinMs === undefined ? {} : { request: { signal: AbortSignal.timeout(request.withinMs) } }),
    });
    const merged = mergedSchema.safeParse(response.data);
    return merged.success ? { outcome: "merged", commit: merged.data.sha } : whatHappened(context, request);
  } catch (error) {
    const refusal = refusalSchema.safeParse(error);
    if (refusal.success && refusal.data.status === 409) return { outcome: "head-moved" };
    if (refusal.success && refusal.data.status === 405) {
      return { outcome: "not-ready", why: cleanMessage(refusal.data.message) };
    }
    const failure = toRemitError(error, doing, context.app.clock.now());
    if (failure.code !== "github-unavailable") throw failure;
    return whatHappened(context, request);
  }
}

/**
 * After an answer that says nothing the merge may still have happened, or be under way. One look tells if it did; that it
 * hasn't happened yet is no proof that it won't.
 */
async function whatHappened(context: ForgeContext, request: MergeRequest): Promise<MergeResult> {
  try {
    const { octokit } = context.app.client(context.repository);
    const response = await octokit.request("GET /repos/{owner}/{repo}/pulls/{pull_number}", {
      ...ownerAndRepo(context),
      pull_number: request.pullNumber,
    });
    const { merged, merge_commit_sha } = pullSchema.parse(response.data);
    return merged && merge_commit_sha ? { outcome: "merged", commit: merge_commit_sha } : { outcome: "unknown" };
  } catch {
    return { outcome: "unknown" };
  }
}
