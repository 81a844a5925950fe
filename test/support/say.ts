/** A conversation with Remit, as GitHub shows it. */
import type { IncidentWorld } from "./incident-world.ts";
import { people, pullNumber, shop } from "./play.ts";

type Person = Parameters<typeof people>[1];

/** What a webhook does about a comment; Remit's answer is its reactions, and what it said below. */
export async function say(made: IncidentWorld, who: Person, body: string, on?: number) {
  const { rest } = people(made, who);
  const issue_number = on ?? (await pullNumber(made));
  const { data: comment } = await rest.issues.createComment({ ...shop, issue_number, body });
  await tell(made, issue_number, comment.created_at);
  await made.reconcile();
  return heard(made, issue_number, comment.id);
}

export function tell(made: IncidentWorld, on: number, at: string) {
  return made.receive([{ ...made.event("issue_comment", "created"), comment: { on, at: Date.parse(at) } }]);
}

export async function heard(made: IncidentWorld, issue_number: number, comment_id: number) {
  const { rest } = people(made, "alice");
  const { data: reactions } = await rest.reactions.listForIssueComment({ ...shop, comment_id });
  const { data: comments } = await rest.issues.listComments({ ...shop, issue_number });
  const below = comments.slice(comments.findIndex(({ id }) => id === comment_id) + 1);
  return {
    reactions: reactions.map(({ content }) => content),
    answers: below.filter(({ user }) => user?.type === "Bot").map(({ body }) => body ?? ""),
  };
}
