/** A person's commit on a branch, as pushed from their own machine: unsigned, and past the branch's rules. */
import { ZERO_OID } from "../git/git-repository.ts";
import { type Person, personNamed } from "../world/accounts.ts";
import type { World } from "../world/world.ts";
import { branchMoved } from "./branch-moved.ts";

export interface PersonalCommit {
  /** Created from the default branch if it doesn't exist. */
  readonly branch: string;
  readonly message: string;
  /** New text by path; null removes the file. */
  readonly files: Readonly<Record<string, string | null>>;
  /** Milliseconds since the epoch; now if left out. */
  readonly date?: number;
  /** The name that the commit is signed with, where a program does the work; the person's own if left out. */
  readonly signedBy?: { readonly name: string; readonly email: string };
}

/** Id of the commit. */
export async function commitAs(world: World, person: Person, input: PersonalCommit): Promise<string> {
  const account = personNamed(person);
  const ref = `refs/heads/${input.branch}`;
  const from = await world.git.readRef(ref);
  const parent = from ?? (await world.git.readRef(world.defaultRef));
  const changes = Object.entries(input.files).map(([path, content]) =>
    content === null ? { path } : { path, content },
  );
  const { name, email } = input.signedBy ?? account;
  const identity = { name, email, at: input.date ?? world.now() };
  const oid = await world.git.writeCommit({
    tree: await world.git.writeTree(parent, changes),
    parents: parent === undefined ? [] : [parent],
    message: input.message,
    author: identity,
    committer: identity,
  });
  await world.git.updateRef(ref, oid, from ?? ZERO_OID);
  await branchMoved(world, { ref, from: from ?? ZERO_OID, to: oid, sender: account });
  return oid;
}
