import type { Instant } from "../clock.ts";
import { digest } from "../digest.ts";
import { type Target, targetKey, targetSlug } from "../target.ts";

/**
 * `checkout-production-3f2a9c1b40de`: the same after any restart, and safe in a branch name, a trailer and a URL.
 * `lease`: the commit whose time is over, since several may end at one moment.
 */
export function incidentId(repository: string, target: Target, startsAt: Instant, lease?: string): string {
  return `${targetSlug(target)}-${digest({ repository, target: targetKey(target), startsAt, lease })}`;
}
