/**
 * The id of a repository that was renamed before Remit knew it: a token isn't given by a former name, but GitHub sends whoever asks by
 * it on. The token for that may tell repositories of the installation from each other, and nothing else; it is used once.
 */
import { Octokit } from "@octokit/rest";
import { z } from "zod";
import { repositoryName } from "./repository-name.ts";
import { silentLog } from "./silent-log.ts";

export interface FormerName {
  readonly repository: string;
  readonly installationId: number;
  /** Signs as the App. */
  readonly app: Octokit;
  readonly apiUrl: string;
  readonly fetch: typeof fetch;
}

const tokenSchema = z.object({ token: z.string().min(1) });
const repositorySchema = z.object({ id: z.number().int().positive() });

/** Throws what octokit throws: 404 where the name leads nowhere that the App is installed. */
export async function idByFormerName(former: FormerName): Promise<number> {
  const { owner, name } = repositoryName(former.repository);
  const granted = await former.app.request("POST /app/installations/{installation_id}/access_tokens", {
    installation_id: former.installationId,
    permissions: { metadata: "read" },
  });
  const octokit = new Octokit({
    baseUrl: former.apiUrl,
    log: silentLog,
    request: { fetch: former.fetch, log: silentLog },
  });
  const { data } = await octokit.request("GET /repos/{owner}/{repo}", {
    owner,
    repo: name,
    headers: { authorization: `token ${tokenSchema.parse(granted.data).token}` },
  });
  return repositorySchema.parse(data).id;
}
