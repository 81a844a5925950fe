import type { SuspectAuthors } from "../remediation/forge.ts";
import { presentNodes } from "./present-nodes.ts";
import type { RepositoryFacts } from "./read-schema.ts";

/**
 * A pull request's author is an account that GitHub saw act; a commit's are whoever owns the addresses that it names, its own author's
 * and those of its `Co-authored-by` trailers. All of them count. Which account an address belongs to is GitHub's to say.
 */
export function suspectAuthors({ suspect }: RepositoryFacts): SuspectAuthors {
  const authors = presentNodes(suspect?.authors).map(({ user }) => user?.login);
  const committer = suspect?.committer?.user?.login;
  const proposers = presentNodes(suspect?.associatedPullRequests).flatMap((pull) =>
    pull.merged && pull.author ? [pull.author.login] : [],
  );
  const logins = [...authors, committer, ...proposers].filter((login) => login !== undefined);
  const allAuthors =
    authors.length > 0 && authors.length === suspect?.authors?.totalCount && !authors.includes(undefined);
  return { logins: [...new Set(logins)], known: allAuthors || proposers.length > 0 };
}
