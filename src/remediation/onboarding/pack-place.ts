/** Where the pack may go: only files that aren't there, on a branch that is new, or that holds nothing but what Remit put there. */
import type { Revision } from "../../gitops/mirror/mirror.ts";
import { authorityPath } from "../policy-paths.ts";
import type { RepositoryReader } from "../repository-reader.ts";
import type { OnboardingBranch, OpenRequest, PolicyPack } from "./onboarding.ts";

type Place = Pick<OpenRequest, "base" | "add">;

/** undefined: something of others is in the way. */
export async function packPlace(
  reader: RepositoryReader,
  pack: PolicyPack,
  head: Revision,
  branch: OnboardingBranch | undefined,
): Promise<Place | undefined> {
  if (branch === undefined) return placeAt(reader, pack, head);
  await reader.require(branch.head);
  // What came of an attempt that GitHub broke off.
  if (await reader.mirror.isAncestor(branch.head, head)) return placeAt(reader, pack, branch.head);
  const { ourParent } = branch;
  if (ourParent === undefined || !(await isPack(reader, pack, ourParent, branch.head))) return undefined;
  return { base: branch.head, add: [] };
}

async function placeAt({ mirror }: RepositoryReader, pack: PolicyPack, base: Revision): Promise<Place | undefined> {
  const there = new Set((await mirror.entries(base)).map(({ path }) => path));
  const paths = [...pack.keys()];
  // A file or a link where a directory would have to be.
  if (paths.flatMap(parents).some((path) => there.has(path))) return undefined;
  const add = paths.filter((path) => !there.has(path));
  return add.includes(authorityPath) ? { base, add } : undefined;
}

function parents(path: string): readonly string[] {
  const parts = path.split("/");
  return parts.slice(1).map((_, index) => parts.slice(0, index + 1).join("/"));
}

/** An author's name is free text on a server that doesn't sign: so the content decides. */
async function isPack(
  { mirror }: RepositoryReader,
  pack: PolicyPack,
  parent: Revision,
  head: Revision,
): Promise<boolean> {
  const changed = await mirror.diff(parent, head);
  const paths = changed.map(({ path }) => path);
  if (!paths.includes(authorityPath)) return false;
  const texts = await mirror.read(head, paths);
  return changed.every(({ path, status, modeAfter }) => {
    const [ours, theirs] = [pack.get(path), texts.get(path)];
    if (ours === undefined || theirs === undefined || status !== "added" || modeAfter !== "100644") return false;
    return Buffer.compare(ours, theirs) === 0;
  });
}
