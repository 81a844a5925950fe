import type { RepositoryReader } from "../../../src/remediation/repository-reader.ts";
import { overlay } from "../overlay.ts";

/** Sees only the newest change, and not whose it was, so that it is sure of itself where Remit would ask: then the limits stand alone. */
export function shortSighted(reader: RepositoryReader): RepositoryReader {
  const log: typeof reader.mirror.log = async (revision, options) =>
    (await reader.mirror.log(revision, options))
      .slice(0, 1)
      .map((commit) => ({ ...commit, message: commit.message.split("\n", 1)[0] ?? "" }));
  return overlay(reader, { mirror: overlay(reader.mirror, { log }) });
}
