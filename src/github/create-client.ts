/** An octokit that acts as the installation on one repository, in the installation's lane where it has one. */
import { Octokit } from "@octokit/rest";
import { z } from "zod";
import type { Clock } from "../clock.ts";
import type { GitHubAppOptions } from "./github-app.ts";
import type { InstallationLane } from "./installation-lane.ts";
import { lacksPermission } from "./lacks-permission.ts";
import type { ResponseHeaders } from "./rate-limit.ts";
import type { RepositoryAccess } from "./repository-access.ts";
import { requestKind } from "./request-kind.ts";
import type { GraphqlClient } from "./run-document.ts";
import { silentLog } from "./silent-log.ts";

export function createClient(
  access: RepositoryAccess,
  options: GitHubAppOptions,
  clock: Clock,
  lane: InstallationLane | undefined,
  onAnswer: (headers: ResponseHeaders) => void,
): GraphqlClient {
  const octokit = new Octokit({
    baseUrl: options.apiUrl,
    log: silentLog,
    request: { fetch: access.fetch, log: silentLog },
  });
  octokit.hook.before("request", async (request) => {
    request.headers.authorization = `token ${await access.token()}`;
  });
  // Nothing is tried again here: the worker knows whether it is still right to.
  if (lane !== undefined) {
    octokit.hook.wrap("request", (request, options) => {
      const { method, url, baseUrl: _, headers: __, request: ___, mediaType: ____, ...asked } = options;
      const kind = requestKind({ method, url, query: asked.query });
      return lane.run({ ...kind, body: [method, url, asked] }, async () => request(options));
    });
  }
  octokit.hook.after("request", ({ headers, data }) => {
    onAnswer(headers);
    if (isRefused(data)) options.onRefused?.(access.repository);
  });
  octokit.hook.error("request", (error) => {
    if ("response" in error && error.response !== undefined) onAnswer(error.response.headers);
    if ("status" in error && error.status === 401) access.dropToken();
    if (lacksPermission(error.message)) options.onRefused?.(access.repository);
    throw error;
  });
  return { octokit, graphqlBaseUrl: graphqlBaseUrl(options.apiUrl), clock };
}

const answered = z.object({ errors: z.array(z.object({ message: z.string() })) });

/** GraphQL answers 200. */
function isRefused(data: unknown): boolean {
  return answered.safeParse(data).data?.errors.some(({ message }) => lacksPermission(message)) ?? false;
}

/** Enterprise Server has REST under `/api/v3` and GraphQL under `/api/graphql`. */
function graphqlBaseUrl(apiUrl: string): string {
  return apiUrl.replace(/\/+$/, "").replace(/\/v3$/, "");
}
