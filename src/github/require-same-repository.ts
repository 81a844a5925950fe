import { RemitError } from "../errors.ts";
import { anotherRepository } from "./another-repository.ts";
import type { ForgeContext } from "./forge-context.ts";

/** Throws RemitError repository-unknown where GitHub's id of a repository isn't the one that Remit knows by this name. */
export async function requireSameRepository({ app, repository }: ForgeContext, id: number | null | undefined) {
  const known = await app.repositoryId(repository);
  if (known !== undefined && id !== known) throw new RemitError("repository-unknown", anotherRepository(repository));
}
