/** What the methods of one repository's forge share. */

import type { MergeMethod } from "../remediation/forge.ts";
import type { GitHubApp } from "./github-app.ts";
import type { IssueMemory } from "./issue-memory.ts";
import { repositoryName } from "./repository-name.ts";
import { type Answer, type GraphqlClient, runDocument } from "./run-document.ts";
import { toRemitError } from "./to-remit-error.ts";

export interface ForgeContext {
  readonly app: GitHubApp;
  readonly repository: string;
  readonly memory: IssueMemory;
  /** Preferred; another one only where the repository doesn't allow it. */
  readonly mergeMethod: MergeMethod;
  /** The App's own unless said otherwise. */
  readonly client?: GraphqlClient;
}

export function run(
  context: ForgeContext,
  document: string,
  variables: Readonly<Record<string, unknown>>,
  doing: string,
): Promise<Answer> {
  return runDocument(clientOf(context), document, variables, `${doing} in ${context.repository}`);
}

export function ownerAndRepo(context: ForgeContext): { readonly owner: string; readonly repo: string } {
  const { owner, name } = repositoryName(context.repository);
  return { owner, repo: name };
}

function clientOf({ client, app, repository }: ForgeContext): GraphqlClient {
  return client ?? app.client(repository);
}

type Client = ReturnType<ForgeContext["app"]["client"]>["octokit"];

/** Asks by REST. */
export async function asking<T>(
  context: ForgeContext,
  doing: string,
  ask: (octokit: Client) => Promise<T>,
): Promise<T> {
  try {
    return await ask(clientOf(context).octokit);
  } catch (error) {
    throw toRemitError(error, `${doing} in ${context.repository}`, context.app.clock.now());
  }
}
