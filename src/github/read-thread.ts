/** An issue or a pull request by its number, with what people wrote on it. */
import { z } from "zod";
import type { ThreadView } from "../remediation/forge.ts";
import { type ForgeContext, ownerAndRepo, run } from "./forge-context.ts";
import { commentFragment } from "./read-document.ts";
import { commentFacts } from "./read-schema.ts";
import { toRemitError } from "./to-remit-error.ts";
import { commentsOn } from "./view-comments.ts";

const document = `query RemitThread($owner: String!, $name: String!, $number: Int!) {
  repository(owner: $owner, name: $name) {
    issueOrPullRequest(number: $number) {
      ... on Issue { id locked comments(last: 50) { nodes { ...CommentFacts } } }
      ... on PullRequest { id locked comments(last: 50) { nodes { ...CommentFacts } } }
    }
  }
}

${commentFragment}`;

const thread = z.object({ id: z.string(), locked: z.boolean(), comments: commentFacts });
const answerSchema = z.object({ repository: z.object({ issueOrPullRequest: thread.nullish() }) });

const doing = "read what is written on an issue";

export async function readThread(context: ForgeContext, number: number): Promise<ThreadView | undefined> {
  const { owner, repo } = ownerAndRepo(context);
  const answer = await run(context, document, { owner, name: repo, number }, doing);
  // One that was deleted is told as a fault.
  if (answer.faultyPaths.some((path) => path !== "repository.issueOrPullRequest") && answer.anyFault !== undefined)
    throw answer.anyFault;
  const { success, data, error } = answerSchema.safeParse(answer.data);
  if (!success) throw toRemitError(error, `${doing} in ${context.repository}`, context.app.clock.now());
  const found = data.repository.issueOrPullRequest ?? undefined;
  return found && { id: found.id, comments: commentsOn(found) };
}
