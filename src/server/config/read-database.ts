/** Which PostgreSQL keeps the state, if one does: DATABASE_URL from the environment, the rest from remit.yaml. */
import { PostgresAddress } from "../../store/postgres-address.ts";
import type { Config } from "./config.ts";
import type { Environment } from "./environment.ts";
import type { ConfigFile } from "./file-schema.ts";
import { Secret } from "./secret.ts";

/** Connections of one replica: intake, five workers and the pages, with some to spare. */
const defaultPoolSize = 10;

/** A URL that can't be one is noted in `environment.mistakes`, without a word of it. */
export async function readDatabase(environment: Environment, content: ConfigFile): Promise<Config["database"]> {
  const url = await environment.secret("DATABASE_URL");
  if (url === undefined) return undefined;
  try {
    // Takes it apart only to see whether it can be.
    new PostgresAddress(url);
  } catch (error) {
    environment.mistake("DATABASE_URL", error instanceof Error ? error.message : "not a PostgreSQL URL");
    return undefined;
  }
  return { url: new Secret(url), poolSize: content.database?.poolSize ?? defaultPoolSize };
}
