/** Where a repository's clone lives. */
import { createHash } from "node:crypto";
import { join } from "node:path";
import type { Config } from "./config/config.ts";

export function mirrorDirectory({ dataDirectory }: Pick<Config, "dataDirectory">, repository: string): string {
  return join(dataDirectory, "mirrors", directoryName(repository));
}

/** A directory's name that two repositories never share, whatever case the file system ignores. */
function directoryName(repository: string): string {
  const hash = createHash("sha256").update(repository).digest("hex").slice(0, 8);
  return `${repository.toLowerCase().replace(/[^a-z0-9-]+/g, "_")}-${hash}.git`;
}
