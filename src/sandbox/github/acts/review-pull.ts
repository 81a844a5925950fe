/** Reviews of a pull request. */
import { presentReview, presentSimplePull } from "../present/present-pull.ts";
import type { Account } from "../world/accounts.ts";
import type { PullRecord, ReviewRecord } from "../world/records.ts";
import { Refusal } from "../world/refusal.ts";
import type { World } from "../world/world.ts";

export type ReviewEvent = "APPROVE" | "REQUEST_CHANGES" | "COMMENT";

const STATES = { APPROVE: "APPROVED", REQUEST_CHANGES: "CHANGES_REQUESTED", COMMENT: "COMMENTED" } as const;

export async function reviewPull(
  world: World,
  author: Account,
  pull: PullRecord,
  input: { readonly event: ReviewEvent; readonly body: string; readonly commit: string | undefined },
): Promise<ReviewRecord> {
  if (pull.author === author && input.event !== "COMMENT") {
    const what = input.event === "APPROVE" ? "approve" : "request changes on";
    const message = `Can not ${what} your own pull request`;
    throw new Refusal(422, "Unprocessable Entity", { errors: [message], graphql: message });
  }
  if (input.event !== "APPROVE" && input.body === "") {
    throw new Refusal(422, "Unprocessable Entity", {
      errors: ["Body can not be blank"],
      graphql: "Body can not be blank",
    });
  }
  const review: ReviewRecord = {
    id: world.nextId(),
    author,
    state: STATES[input.event],
    body: input.body,
    commit: input.commit ?? pull.head,
    at: world.now(),
  };
  pull.reviews.push(review);
  pull.updatedAt = review.at;
  tell(world, pull, review, "submitted", author);
  return review;
}

export function dismissReview(world: World, by: Account, pull: PullRecord, review: ReviewRecord): void {
  if (review.state !== "APPROVED" && review.state !== "CHANGES_REQUESTED") {
    const message = "Can not dismiss a commented pull request review";
    throw new Refusal(422, "Unprocessable Entity", { errors: [message], graphql: message });
  }
  review.state = "DISMISSED";
  tell(world, pull, review, "dismissed", by);
}

function tell(world: World, pull: PullRecord, review: ReviewRecord, action: string, sender: Account): void {
  const shown = presentReview(world, pull, review);
  world.emit({
    name: "pull_request_review",
    action,
    sender,
    payload: {
      action,
      review: { ...shown, state: shown.state.toLowerCase(), updated_at: shown.submitted_at },
      pull_request: presentSimplePull(world, pull),
    },
  });
}
