/** How many API requests Remit made, as the stand-in counted them: tokens included, people's and git's own not. */
import type { Instant } from "../../clock.ts";
import type { GitHubStandIn } from "../github/start-github.ts";

export function apiRequests(github: Pick<GitHubStandIn, "requests" | "appSlug">, since: Instant): number {
  const ours = new Set([`app:${github.appSlug}`, `${github.appSlug}[bot]`]);
  return github.requests.filter(({ actor, at }) => at >= since && ours.has(actor)).length;
}
