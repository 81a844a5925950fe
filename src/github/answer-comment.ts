/** Reacts to a comment, and answers it. */
import type { CommentReply } from "../remediation/forge.ts";
import { composeMutation, type MutationPart } from "./compose-mutation.ts";
import { type ForgeContext, run } from "./forge-context.ts";
import { commentPart } from "./issue-parts.ts";

const contents: Readonly<Record<CommentReply["reaction"], string>> = {
  eyes: "EYES",
  "+1": "THUMBS_UP",
  confused: "CONFUSED",
};

/** The answer goes first: a reaction without it would look like the whole of it. Throws where either fails. */
export async function answerComment(context: ForgeContext, { commentId, subjectId, reaction, body }: CommentReply) {
  const parts: MutationPart[] = [
    ...(body === undefined ? [] : [commentPart("comment", subjectId, body)]),
    {
      alias: "reaction",
      field: "addReaction",
      inputType: "AddReactionInput",
      select: "reaction { content }",
      input: { subjectId: commentId, content: contents[reaction] },
    },
  ];
  const { document, variables } = composeMutation("RemitAnswer", parts);
  const answer = await run(context, document, variables, "answer a comment");
  if (answer.anyFault !== undefined) throw answer.anyFault;
}
