/** Reacts to an issue, pull request or comment; doing so twice changes nothing. */
import type { Account } from "../world/accounts.ts";
import type { ReactionRecord } from "../world/records.ts";
import type { World } from "../world/world.ts";

/** `created` is false when the same person had given the same reaction. */
export function addReaction(
  world: World,
  subject: { readonly reactions: ReactionRecord[] },
  author: Account,
  content: string,
): { readonly reaction: ReactionRecord; readonly created: boolean } {
  const known = subject.reactions.find((item) => item.author === author && item.content === content);
  if (known !== undefined) return { reaction: known, created: false };
  const reaction = { id: world.nextId(), content, author, at: world.now() };
  subject.reactions.push(reaction);
  return { reaction, created: true };
}
