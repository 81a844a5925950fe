/** Reactions to issues, pull requests and comments. */
import { addReaction } from "../acts/add-reaction.ts";
import { findComment } from "../acts/comments.ts";
import { presentReaction } from "../present/present-thread.ts";
import type { ReactionRecord } from "../world/records.ts";
import { findThread } from "./find.ts";
import { READ_ISSUES, WRITE_ISSUES } from "./issues.ts";
import { page, type RestAnswer, type RestCall, type RestRoute } from "./rest-route.ts";

type Subject = { readonly reactions: ReactionRecord[] };

export const reactions: readonly RestRoute[] = [
  { operation: "reactions/create-for-issue", need: WRITE_ISSUES, handle: (call) => react(call, findThread(call)) },
  { operation: "reactions/list-for-issue", need: READ_ISSUES, handle: (call) => list(call, findThread(call)) },
  {
    operation: "reactions/create-for-issue-comment",
    need: WRITE_ISSUES,
    handle: (call) => react(call, commentOf(call)),
  },
  { operation: "reactions/list-for-issue-comment", need: READ_ISSUES, handle: (call) => list(call, commentOf(call)) },
];

function commentOf(call: RestCall): Subject {
  return findComment(call.world, call.params.integer("comment_id") ?? 0).comment;
}

function react(call: RestCall, subject: Subject): RestAnswer {
  const { reaction, created } = addReaction(call.world, subject, call.account, call.body.string("content") ?? "");
  return { status: created ? 201 : 200, body: presentReaction(call.world, reaction) };
}

function list(call: RestCall, subject: Subject): RestAnswer {
  return page(
    call,
    subject.reactions.map((reaction) => presentReaction(call.world, reaction)),
  );
}
