/** The storm as one revision of the repository sees it: the services that it has are the measure of how many are sick. */
import type { Storm } from "../authority/storm.ts";
import type { RepositoryReader } from "./repository-reader.ts";

export async function stormAt(
  reader: Pick<RepositoryReader, "catalogue">,
  revision: string,
  counted: Omit<Storm, "knownServices"> | "unreadable",
): Promise<Storm | "unreadable"> {
  if (counted === "unreadable") return counted;
  const { targets } = await reader.catalogue(revision);
  return { ...counted, knownServices: new Set(targets.map(({ target }) => target.service)).size };
}
