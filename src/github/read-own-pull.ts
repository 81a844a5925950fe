/** Which pull request of Remit's own was merged as a commit. Trailers are free text; whose pull request was merged is GitHub's to say. */
import { z } from "zod";
import type { Marker } from "../remediation/marker.ts";
import { type ForgeContext, ownerAndRepo, run } from "./forge-context.ts";
import { identityFrom, isOurCommit } from "./identity.ts";
import { ownMarkers } from "./own-markers.ts";
import { presentNodes } from "./present-nodes.ts";
import { commitFragment } from "./read-document.ts";
import { commitFacts, nodes } from "./read-schema.ts";

export interface OwnPull {
  readonly id: string;
  /** Of its only commit, as Remit wrote it. */
  readonly message: string;
  /** Of the newest hundred comments those that are Remit's own. */
  readonly said: readonly Marker[];
}

const document = `query RemitOwnPull($owner: String!, $name: String!, $commit: GitObjectID!) {
  viewer { login }
  repository(owner: $owner, name: $name) {
    object(oid: $commit) {
      ... on Commit {
        associatedPullRequests(first: 20) {
          nodes {
            id
            viewerDidAuthor
            isCrossRepository
            mergeCommit { oid }
            comments(last: 100) { nodes { viewerDidAuthor body } }
            commits(first: 2) {
              nodes {
                commit { oid ...CommitFacts }
              }
            }
          }
        }
      }
    }
  }
}

${commitFragment}`;

const pullFacts = z.object({
  id: z.string(),
  viewerDidAuthor: z.boolean(),
  isCrossRepository: z.boolean(),
  mergeCommit: z.object({ oid: z.string() }).nullish(),
  comments: nodes(z.object({ viewerDidAuthor: z.boolean(), body: z.string() })),
  commits: nodes(z.object({ commit: commitFacts })),
});

const answerSchema = z.object({
  viewer: z.object({ login: z.string() }),
  repository: z.object({ object: z.object({ associatedPullRequests: nodes(pullFacts).nullish() }).nullish() }),
});

/** One request. undefined: the commit is no merge of Remit's work. */
export async function readOwnPull(context: ForgeContext, commit: string): Promise<OwnPull | undefined> {
  const { owner, repo } = ownerAndRepo(context);
  const answer = await run(
    context,
    document,
    { owner, name: repo, commit },
    "look up whose pull request a commit came by",
  );
  if (answer.anyFault !== undefined) throw answer.anyFault;
  const { viewer, repository } = answerSchema.parse(answer.data);
  const us = identityFrom(viewer.login, context.app.signsCommits);
  const merged = presentNodes(repository.object?.associatedPullRequests).find(
    (pull) => pull.viewerDidAuthor && !pull.isCrossRepository && pull.mergeCommit?.oid === commit,
  );
  const [only, ...others] = presentNodes(merged?.commits);
  if (merged === undefined || only === undefined || others.length > 0 || !isOurCommit(only.commit, us))
    return undefined;
  return { id: merged.id, message: only.commit.message, said: ownMarkers(merged.comments) };
}
