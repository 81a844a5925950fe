import type { Instant } from "../../clock.ts";
import { atLeast } from "../permission.ts";
import { formatDuration } from "../prose/format-duration.ts";
import type { Permission } from "../situation.ts";
import { type Directive, directiveRules } from "./directive.ts";
import type { Asker } from "./obeyed.ts";

/** What lets Remit do more was meant for how things stood then. */
const goodForMs = 60 * 60_000;

/** Why nobody in this position is obeyed, whatever the command would do; `least`: the permission that it takes. Pure. */
export function whyRefused(
  now: Instant,
  directive: Directive,
  { comment, permission }: Asker,
  least: Permission = directiveRules[directive.do].permission,
): string | undefined {
  if (!atLeast(permission, least)) return `It takes ${least} permission on this repository.`;
  if (comment.edited) return "A comment that was edited isn't obeyed. Write a new one.";
  if (directiveRules[directive.do].raises && now - comment.createdAt > goodForMs)
    return `It was written more than ${formatDuration(goodForMs)} ago. Write it once more if it still holds.`;
  return undefined;
}
