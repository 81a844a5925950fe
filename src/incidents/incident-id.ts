import type { Instant } from "../clock.ts";
import { digest } from "../digest.ts";
import { type Target, targetKey, targetSlug } from "../target.ts";

/**
 * `checkout-production-3f2a9c1b40de`: the same after any restart, and safe in a branch name, a trailer and a URL.
 * Where several may begin at one moment, what tells them apart: `lease`, the commit whose time is over; `after`, the incident
 * that closed while it began; `comment`, the one that asks for a change.
 */
export function incidentId(
  repository: string,
  target: Target,
  startsAt: Instant,
  apart: {
    readonly lease?: string | undefined;
    readonly after?: string | undefined;
    readonly comment?: string | undefined;
  } = {},
): string {
  return `${targetSlug(target)}-${digest({ repository, target: targetKey(target), startsAt, ...apart })}`;
}
