/** Every REST operation that the stand-in answers. */
import { apps } from "./apps.ts";
import { checks } from "./checks.ts";
import { comments } from "./comments.ts";
import { contents } from "./contents.ts";
import { deployments } from "./deployments.ts";
import { gitData } from "./git-data.ts";
import { hooks } from "./hooks.ts";
import { issues } from "./issues.ts";
import { labels } from "./labels.ts";
import { pulls } from "./pulls.ts";
import { reactions } from "./reactions.ts";
import { repository } from "./repository.ts";
import type { RestRoute } from "./rest-route.ts";
import { reviews } from "./reviews.ts";
import { users } from "./users.ts";

export const routes: ReadonlyMap<string, RestRoute> = new Map(
  [
    ...apps,
    ...checks,
    ...comments,
    ...contents,
    ...deployments,
    ...gitData,
    ...hooks,
    ...issues,
    ...labels,
    ...pulls,
    ...reactions,
    ...repository,
    ...reviews,
    ...users,
  ].map((route) => [route.operation, route]),
);
