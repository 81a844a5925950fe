/** What signing in and the stop button need of GitHub, put together. */
import { commentOn } from "../../github/create-forge.ts";
import type { GitHubApp } from "../../github/github-app.ts";
import { webSignIn } from "../../github/web-sign-in.ts";
import { type TurnParts, turnAsAsked } from "../../remediation/comments/turn-as-asked.ts";
import { dashboardQueue, formatDashboardTask } from "../../remediation/dashboard/dashboard-task.ts";
import { forgetDashboard } from "../../remediation/dashboard/keep-dashboard.ts";
import type { ReconcilerParts } from "../../remediation/session.ts";
import type { Config, OAuthConfig } from "../config/config.ts";
import { gitUrl } from "../git-url.ts";
import { callbackPath, type SignInParts } from "./sign-in-routes.ts";

type Ends = Omit<SignInParts, "clock" | "log">;
type Parts = Omit<TurnParts, "comment"> & Pick<ReconcilerParts, "store" | "clock">;

export function signInEnds(
  { github: { apiUrl }, oauth, dashboard }: Pick<Config, "github" | "dashboard"> & { readonly oauth: OAuthConfig },
  app: GitHubApp,
  parts: Parts,
  repositories: Ends["repositories"],
): Ends {
  const { store, clock } = parts;
  const { url, clientId, clientSecret } = oauth;
  const redirectUrl = `${url}${callbackPath}`;
  const secret = clientSecret.reveal();
  const comment = (repository: string, number: number, body: string) => commentOn({ app, repository }, number, body);
  return {
    url,
    github: webSignIn({ webUrl: gitUrl(apiUrl), apiUrl, clientId, clientSecret: secret, redirectUrl, clock }),
    repositories,
    async turn(turn) {
      const done = await turnAsAsked({ ...parts, comment }, turn);
      if (dashboard) {
        await forgetDashboard(store, turn.repository);
        await store.queue.add(formatDashboardTask(turn.repository), clock.now(), dashboardQueue);
      }
      return done;
    },
  };
}
