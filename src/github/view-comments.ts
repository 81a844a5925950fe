import type { CommentView } from "../remediation/forge.ts";
import { ownMarkers } from "./own-markers.ts";
import { presentNodes } from "./present-nodes.ts";
import type { IssueFacts, PullFacts, RepositoryFacts } from "./read-schema.ts";

type Subject = Pick<IssueFacts | PullFacts, "id" | "locked" | "comments">;

/** Comments on Remit's own issue and pull request, by these ids. Its own answers tell which of them are answered. */
export function viewComments(
  repository: RepositoryFacts,
  subjects: readonly (string | undefined)[],
): readonly CommentView[] {
  const issue = repository.issue ? [repository.issue] : [];
  const all: readonly Subject[] = [
    ...issue,
    ...presentNodes(repository.openIssues),
    ...presentNodes(repository.pullRequests),
  ];
  return all.filter(({ id }) => subjects.includes(id)).flatMap(commentsOn);
}

/** All but Remit's own, whose answers tell which of the others are answered. None where nothing could be answered: somebody has locked it. */
export function commentsOn(subject: Subject): CommentView[] {
  if (subject.locked) return [];
  const answers = new Set(
    ownMarkers(subject.comments).flatMap(({ kind, digest }) => (kind === "reply" ? [digest] : [])),
  );
  return presentNodes(subject.comments)
    .filter(({ viewerDidAuthor }) => !viewerDidAuthor)
    .map((comment) => {
      const reacted = (comment.reactionGroups ?? [])
        .filter(({ viewerHasReacted }) => viewerHasReacted)
        .map(({ content }) => content);
      return {
        id: comment.id,
        subjectId: subject.id,
        author: comment.author?.login,
        isPerson: comment.author?.__typename === "User",
        body: comment.body,
        createdAt: Date.parse(comment.createdAt),
        edited: typeof comment.lastEditedAt === "string",
        seen: reacted.includes("EYES"),
        answered: answers.has(comment.id) || reacted.includes("THUMBS_UP") || reacted.includes("CONFUSED"),
      };
    });
}
