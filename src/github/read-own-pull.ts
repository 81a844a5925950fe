/** What Remit wrote itself of a commit on the default branch. Trailers are free text; whose pull request was merged is GitHub's to say. */
import { z } from "zod";
import { type ForgeContext, ownerAndRepo, run } from "./forge-context.ts";
import { identityFrom, isOurCommit } from "./identity.ts";
import { presentNodes } from "./present-nodes.ts";
import { commitFragment } from "./read-document.ts";
import { commitFacts, nodes } from "./read-schema.ts";

const document = `query RemitOwnMessage($owner: String!, $name: String!, $commit: GitObjectID!) {
  viewer { login }
  repository(owner: $owner, name: $name) {
    object(oid: $commit) {
      ... on Commit {
        associatedPullRequests(first: 20) {
          nodes {
            viewerDidAuthor
            isCrossRepository
            mergeCommit { oid }
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
  viewerDidAuthor: z.boolean(),
  isCrossRepository: z.boolean(),
  mergeCommit: z.object({ oid: z.string() }).nullish(),
  commits: nodes(z.object({ commit: commitFacts })),
});

const answerSchema = z.object({
  viewer: z.object({ login: z.string() }),
  repository: z.object({ object: z.object({ associatedPullRequests: nodes(pullFacts).nullish() }).nullish() }),
});

export async function readOwnMessage(context: ForgeContext, commit: string): Promise<string | undefined> {
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
  return only !== undefined && others.length === 0 && isOurCommit(only.commit, us) ? only.commit.message : undefined;
}
