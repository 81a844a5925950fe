/** Opens a pull request. */
import type { Account } from "../world/accounts.ts";
import type { PullRecord } from "../world/records.ts";
import { Refusal } from "../world/refusal.ts";
import type { World } from "../world/world.ts";
import { writePullRef } from "./branch-moved.ts";
import { newThread } from "./new-thread.ts";
import { pullEvent } from "./pull-event.ts";

export interface PullInput {
  readonly title: string;
  readonly body: string | null;
  /** Branch name, or `owner:branch`. */
  readonly head: string;
  readonly base: string;
  readonly draft: boolean;
}

/** Throws 422 as GitHub words it: branch missing, nothing between them, one is open already. */
export async function openPull(world: World, author: Account, input: PullInput): Promise<PullRecord> {
  const headRef = input.head.replace(`${world.owner}:`, "").replace(/^refs\/heads\//, "");
  const baseRef = input.base.replace(/^refs\/heads\//, "");
  const head = await world.git.readRef(`refs/heads/${headRef}`);
  const base = await world.git.readRef(`refs/heads/${baseRef}`);
  if (head === undefined || base === undefined) throw missingBranch(headRef, head, baseRef, base);
  if ((await world.git.commitsBetween(base, head)).length === 0) {
    throw Refusal.invalid("PullRequest", `No commits between ${baseRef} and ${headRef}`);
  }
  const open = world.pulls.some(
    (pull) => pull.state === "open" && pull.headRef === headRef && pull.baseRef === baseRef,
  );
  if (open) throw Refusal.invalid("PullRequest", `A pull request already exists for ${world.owner}:${headRef}.`);
  if (input.title.trim() === "") throw Refusal.invalid("PullRequest", "Title can't be blank");
  const pull: PullRecord = {
    kind: "pull",
    ...newThread(world, author, input.title, input.body),
    headRef,
    head,
    baseRef,
    base,
    draft: input.draft,
    merged: undefined,
    reviews: [],
    autoMerge: undefined,
    queued: undefined,
    unknownReads: world.unknownReads,
  };
  world.threads.push(pull);
  await writePullRef(world, pull.number, head);
  await pullEvent(world, pull, "opened", author);
  return pull;
}

function missingBranch(headRef: string, head: string | undefined, baseRef: string, base: string | undefined): Refusal {
  const blank = [...(head === undefined ? ["Head sha"] : []), ...(base === undefined ? ["Base sha"] : [])];
  const notBranch = [...(head === undefined ? ["Head ref"] : []), ...(base === undefined ? ["Base ref"] : [])];
  const field = head === undefined ? "head" : "base";
  return new Refusal(422, "Validation Failed", {
    errors: [{ resource: "PullRequest", field, code: "invalid" }],
    graphql: [
      ...blank.map((what) => `${what} can't be blank`),
      `No commits between ${baseRef} and ${headRef}`,
      ...notBranch.map((what) => `${what} must be a branch`),
    ].join(", "),
  });
}
