/** The body of a `push` webhook. */
import { ZERO_OID } from "../git/git-repository.ts";
import type { CommitFacts } from "../git/parse-commit.ts";
import { iso } from "../present/iso.ts";
import { accountByEmail } from "../present/present-commit.ts";
import type { World } from "../world/world.ts";
import type { RefMove } from "./branch-moved.ts";

/** GitHub lists at most this many commits of one push. */
const MOST_COMMITS = 20;

export async function pushPayload(world: World, move: RefMove): Promise<Record<string, unknown>> {
  const created = move.from === ZERO_OID;
  const deleted = move.to === ZERO_OID;
  const base = created ? await world.git.readRef(world.defaultRef) : move.from;
  const ids = deleted ? [] : await world.git.commitsBetween(base === move.to ? undefined : base, move.to);
  const fresh = created && base === move.to ? [] : ids.slice(-MOST_COMMITS);
  const commits = await Promise.all(fresh.map((oid) => presentPushed(world, oid)));
  const forced = !created && !deleted && !(await world.git.isAncestor(move.from, move.to));
  return {
    ref: move.ref,
    before: move.from,
    after: move.to,
    base_ref: null,
    created,
    deleted,
    forced,
    compare: `${world.htmlUrl}/compare/${move.from.slice(0, 12)}...${move.to.slice(0, 12)}`,
    commits,
    head_commit: deleted ? null : await presentPushed(world, move.to),
    pusher: { name: move.sender.login, email: move.sender.email },
  };
}

async function presentPushed(world: World, oid: string) {
  const commit = await world.git.commit(oid);
  const parent = commit.parents[0];
  const files = parent === undefined ? [] : await world.git.diff(parent, oid);
  const paths = (...statuses: readonly string[]) =>
    files.filter((file) => statuses.includes(file.status)).map((file) => file.path);
  return {
    id: oid,
    tree_id: commit.tree,
    distinct: true,
    message: commit.message,
    timestamp: iso(commit.committer.at),
    url: `${world.htmlUrl}/commit/${oid}`,
    author: person(world, commit.author),
    committer: person(world, commit.committer),
    added: paths("added"),
    removed: paths("removed"),
    modified: paths("modified", "renamed"),
  };
}

function person(world: World, identity: CommitFacts["author"]) {
  const account = accountByEmail(world, identity.email);
  return {
    name: identity.name,
    email: identity.email,
    ...(account === undefined ? {} : { username: account.login }),
  };
}
