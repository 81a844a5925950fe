/** A case's repository, with the policy that is tested in the place where Remit reads it. */
import { formatPolicyMistake } from "../authority/format-policy-mistake.ts";
import type { RunbookTestCase } from "../authority/runbooks/runbook-test.ts";
import type { Instant } from "../clock.ts";
import type { Commit, Mirror } from "../gitops/mirror/mirror.ts";
import { FixtureError } from "./fixture-error.ts";
import type { FixtureFile } from "./fixture-file.ts";
import { parseHistory } from "./parse-history.ts";
import { parseLedger } from "./parse-ledger.ts";
import { type Fixture, type Tree, toldCommits } from "./told-commits.ts";
import type { OpenRepository, Workshop } from "./workshop.ts";

export interface FixtureInput {
  readonly workshop: Workshop;
  readonly given: RunbookTestCase["given"];
  /** Where the case's paths begin, such as `tests`. */
  readonly base: string;
  /** The policy's files by their path in a repository, such as `.github/remit/authority.yaml`. */
  readonly policy: Tree;
}

/** Throws FixtureError for what the person who wrote the case has to mend. */
export async function openFixture(input: FixtureInput): Promise<Mirror> {
  const { workshop, given, base } = input;
  const path = `${base}/${given.repository}`;
  const repository = await workshop.repository(path);
  if (repository !== undefined) return onTopOf(repository, input);
  const tree = await workshop.tree(path);
  if (tree === undefined) throw new FixtureError(`repository: there is no directory ${path}`);
  const commits = toldCommits(await told(input, tree));
  if (typeof commits === "string") throw new FixtureError(commits);
  return workshop.build(commits);
}

async function told({ workshop, given, base, policy }: FixtureInput, tree: Tree): Promise<Fixture> {
  const history = given.history === undefined ? [] : await read(workshop, `${base}/${given.history}`, parseHistory);
  const remediations = given.ledger === undefined ? [] : await read(workshop, `${base}/${given.ledger}`, parseLedger);
  const changes = [];
  for (const change of history) {
    const laid = change.files === undefined ? new Map() : await workshop.tree(`${base}/${change.files}`);
    if (laid === undefined) throw new FixtureError(`history: there is no directory ${base}/${change.files}`);
    changes.push({ ...change, laid });
  }
  return { tree: new Map([...tree, ...policy]), at: given.at, changes, remediations };
}

async function read<T>(
  workshop: Workshop,
  path: string,
  parse: (text: string, file: string) => FixtureFile<T>,
): Promise<T> {
  const text = await workshop.text(path);
  if (text === undefined) throw new FixtureError(`there is no file ${path}`);
  const { value, mistakes } = parse(text, path);
  if (value === undefined) throw new FixtureError(mistakes.map(formatPolicyMistake).join("\n"));
  return value;
}

/** The repository as it stood at the case's moment, and the policy as one more commit of the same second. */
async function onTopOf(repository: OpenRepository, { workshop, given, policy }: FixtureInput): Promise<Mirror> {
  const { mirror } = repository;
  try {
    if (given.history !== undefined || given.ledger !== undefined) {
      throw new FixtureError("history and ledger go with a plain directory: a git directory has a history");
    }
    const stood = await commitAt(mirror, given.at);
    const author = { name: "Fixture", email: "fixture@example.com" };
    const commit = { at: stood.committedAt, author, message: "The policy that is tested", files: policy };
    return await workshop.build([commit], { repository, revision: stood.id });
  } finally {
    await mirror.close();
  }
}

const page = 1_000;

async function commitAt(mirror: Mirror, at: Instant): Promise<Commit> {
  let from = await mirror.head();
  for (;;) {
    const commits = await mirror.log(from, { limit: page, files: false });
    const found = commits.find((commit) => commit.committedAt <= at);
    if (found !== undefined) return found;
    const next = commits.at(-1)?.parents[0];
    if (next === undefined) throw new FixtureError("repository: it has no commit as old as `at`");
    from = next;
  }
}
