/** Which commits of a branch Remit itself wrote: git tells names, which anybody can take, and GitHub tells whose they are. */
import { z } from "zod";
import { type ForgeContext, ownerAndRepo, run } from "./forge-context.ts";
import { identityFrom, isOurCommit } from "./identity.ts";
import { commitFragment } from "./read-document.ts";
import { commitFacts } from "./read-schema.ts";

/** In one request. */
const mostCommits = 100;

const answerSchema = z.object({
  viewer: z.object({ login: z.string() }),
  repository: z.record(z.string(), commitFacts.nullish()),
});

/** One request for each hundred. */
export async function ownCommits(context: ForgeContext, commits: readonly string[]): Promise<ReadonlySet<string>> {
  const ours = new Set<string>();
  for (let at = 0; at < commits.length; at += mostCommits)
    for (const commit of await askedOf(context, commits.slice(at, at + mostCommits))) ours.add(commit);
  return ours;
}

async function askedOf(context: ForgeContext, commits: readonly string[]): Promise<readonly string[]> {
  const { owner, repo } = ownerAndRepo(context);
  const named = Object.fromEntries(commits.map((commit, index) => [`c${index}`, commit]));
  const answer = await run(context, documentOf(Object.keys(named)), { owner, name: repo, ...named }, "look up commits");
  if (answer.anyFault !== undefined) throw answer.anyFault;
  const { viewer, repository } = answerSchema.parse(answer.data);
  const us = identityFrom(viewer.login, context.app.signsCommits);
  return Object.entries(named).flatMap(([alias, commit]) => {
    const facts = repository[alias] ?? undefined;
    return facts !== undefined && isOurCommit(facts, us) ? [commit] : [];
  });
}

function documentOf(aliases: readonly string[]): string {
  const variables = aliases.map((alias) => `, $${alias}: GitObjectID!`).join("");
  const objects = aliases.map((alias) => `    ${alias}: object(oid: $${alias}) { oid ...CommitFacts }`).join("\n");
  return `query RemitOwnCommits($owner: String!, $name: String!${variables}) {
  viewer { login }
  repository(owner: $owner, name: $name) {
${objects}
  }
}

${commitFragment}`;
}
