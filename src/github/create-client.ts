/** An octokit that acts as the installation on one repository, and spaces its writes as GitHub advises. */
import { throttling } from "@octokit/plugin-throttling";
import { Octokit } from "@octokit/rest";
import type { Clock } from "../clock.ts";
import type { GitHubAppOptions } from "./github-app.ts";
import type { RepositoryAccess } from "./repository-access.ts";
import type { GraphqlClient } from "./run-document.ts";
import { silentLog } from "./silent-log.ts";

const ThrottledOctokit = Octokit.plugin(throttling);

export function createClient(access: RepositoryAccess, options: GitHubAppOptions, clock: Clock): GraphqlClient {
  const octokit = new ThrottledOctokit({
    baseUrl: options.apiUrl,
    log: silentLog,
    request: { fetch: access.fetch, log: silentLog },
    throttle: {
      enabled: options.throttle ?? true,
      id: `${options.appId}/${access.repository.split("/")[0]}`,
      // Never tried again here: the worker knows whether it is still right to.
      onRateLimit: () => false,
      onSecondaryRateLimit: () => false,
    },
  });
  octokit.hook.before("request", async (request) => {
    request.headers.authorization = `token ${await access.token()}`;
  });
  octokit.hook.error("request", (error) => {
    if ("status" in error && error.status === 401) access.dropToken();
    throw error;
  });
  return { octokit, graphqlBaseUrl: graphqlBaseUrl(options.apiUrl), clock };
}

/** Enterprise Server has REST under `/api/v3` and GraphQL under `/api/graphql`. */
function graphqlBaseUrl(apiUrl: string): string {
  return apiUrl.replace(/\/+$/, "").replace(/\/v3$/, "");
}
