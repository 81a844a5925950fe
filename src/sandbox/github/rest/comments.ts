/** Comments on issues and pull requests. */
import { addComment, deleteComment, editComment, findComment } from "../acts/comments.ts";
import { presentComment } from "../present/present-thread.ts";
import { Refusal } from "../world/refusal.ts";
import { findThread } from "./find.ts";
import { READ_ISSUES, WRITE_ISSUES } from "./issues.ts";
import { created, noContent, ok, page, type RestCall, type RestRoute } from "./rest-route.ts";

export const comments: readonly RestRoute[] = [
  {
    operation: "issues/list-comments",
    need: READ_ISSUES,
    handle: (call) => {
      const thread = findThread(call);
      return page(
        call,
        thread.comments.map((comment) => presentComment(call.world, thread, comment)),
      );
    },
  },
  {
    operation: "issues/create-comment",
    need: WRITE_ISSUES,
    handle: (call) => {
      const thread = findThread(call);
      const comment = addComment(call.world, thread, call.account, call.body.string("body") ?? "");
      return created(presentComment(call.world, thread, comment));
    },
  },
  {
    operation: "issues/get-comment",
    need: READ_ISSUES,
    handle: (call) => {
      const { thread, comment } = findComment(call.world, call.params.integer("comment_id") ?? 0);
      return ok(presentComment(call.world, thread, comment));
    },
  },
  {
    operation: "issues/update-comment",
    need: WRITE_ISSUES,
    handle: (call) => {
      const { thread, comment } = ownComment(call);
      editComment(call.world, thread, comment, call.account, call.body.string("body") ?? "");
      return ok(presentComment(call.world, thread, comment));
    },
  },
  {
    operation: "issues/delete-comment",
    need: WRITE_ISSUES,
    handle: (call) => {
      const { thread, comment } = ownComment(call);
      deleteComment(call.world, thread, comment, call.account);
      return noContent;
    },
  },
];

function ownComment(call: RestCall) {
  const place = findComment(call.world, call.params.integer("comment_id") ?? 0);
  if (call.account.role === "read" && place.comment.author !== call.account) {
    throw new Refusal(403, "Must have admin rights to Repository.");
  }
  return place;
}
