import type { SuspectAuthors } from "../remediation/forge.ts";
import { presentNodes } from "./present-nodes.ts";
import type { RepositoryFacts } from "./read-schema.ts";

/** A pull request's author is an account that GitHub saw act; a commit's is whoever owns the address that it names. All of them count. */
export function suspectAuthors({ suspect }: RepositoryFacts): SuspectAuthors {
  const author = suspect?.author?.user?.login;
  const committer = suspect?.committer?.user?.login;
  const proposers = presentNodes(suspect?.associatedPullRequests).flatMap((pull) =>
    pull.merged && pull.author ? [pull.author.login] : [],
  );
  const logins = [author, committer, ...proposers].filter((login) => login !== undefined);
  return { logins: [...new Set(logins)], known: author !== undefined || proposers.length > 0 };
}
