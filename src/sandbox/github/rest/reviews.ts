/** Reviews of pull requests. */
import { dismissReview, reviewPull } from "../acts/review-pull.ts";
import { presentReview } from "../present/present-pull.ts";
import type { ReviewRecord } from "../world/records.ts";
import { findPull, found } from "./find.ts";
import { ok, page, type RestCall, type RestRoute } from "./rest-route.ts";

const READ = { app: "pull_requests:read", user: "read" } as const;

export const reviews: readonly RestRoute[] = [
  {
    operation: "pulls/list-reviews",
    need: READ,
    handle: (call) => {
      const pull = findPull(call);
      return page(
        call,
        pull.reviews.map((review) => presentReview(call.world, pull, review)),
      );
    },
  },
  {
    operation: "pulls/get-review",
    need: READ,
    handle: (call) => ok(presentReview(call.world, findPull(call), findReview(call))),
  },
  {
    operation: "pulls/create-review",
    need: { app: "pull_requests:write", user: "read" },
    handle: async (call) => {
      const pull = findPull(call);
      const review = await reviewPull(call.world, call.account, pull, {
        event: call.body.word("event", ["APPROVE", "REQUEST_CHANGES", "COMMENT"]) ?? "COMMENT",
        body: call.body.string("body") ?? "",
        commit: call.body.string("commit_id"),
      });
      return ok(presentReview(call.world, pull, review));
    },
  },
  {
    operation: "pulls/dismiss-review",
    need: { app: "pull_requests:write", user: "write" },
    handle: (call) => {
      const pull = findPull(call);
      const review = findReview(call);
      dismissReview(call.world, call.account, pull, review);
      return ok(presentReview(call.world, pull, review));
    },
  },
];

function findReview(call: RestCall): ReviewRecord {
  return found(findPull(call).reviews.find((review) => review.id === call.params.integer("review_id")));
}
