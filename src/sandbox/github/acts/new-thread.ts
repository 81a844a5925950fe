/** What a fresh issue and a fresh pull request have in common. Throws 422 for a body over GitHub's limit. */
import type { Account } from "../world/accounts.ts";
import type { ThreadRecord } from "../world/records.ts";
import { Refusal } from "../world/refusal.ts";
import type { World } from "../world/world.ts";

export const LONGEST_BODY = 65_536;

export function newThread(world: World, author: Account, title: string, body: string | null): ThreadRecord {
  checkBody(body);
  const now = world.now();
  return {
    number: world.nextNumber(),
    id: world.nextId(),
    author,
    createdAt: now,
    updatedAt: now,
    title,
    body,
    state: "open",
    stateReason: null,
    closed: undefined,
    labels: [],
    assignees: [],
    edited: undefined,
    locked: undefined,
    comments: [],
    reactions: [],
  };
}

export function checkBody(body: string | null): void {
  if (body === null || body.length <= LONGEST_BODY) return;
  throw new Refusal(422, "Validation Failed", {
    errors: [
      {
        resource: "Issue",
        code: "custom",
        field: "body",
        message: `body is too long (maximum is ${LONGEST_BODY} characters)`,
      },
    ],
    graphql: `Body is too long (maximum is ${LONGEST_BODY} characters)`,
  });
}
