/** One PostgreSQL for a run of the tests: the one that DATABASE_URL names, else one of its own. */
import type { TestProject } from "vitest/node";
import { createPostgres, type PostgresServer } from "./create-postgres.ts";
import { findPostgres } from "./find-postgres.ts";

export interface PostgresForTests {
  /** Of a database whose user may create others; undefined: there is none, for the reason in `missing`. */
  readonly url: string | undefined;
  readonly missing: string;
  /** Where its programs are, for a test that needs a server of its own. */
  readonly programs: string | undefined;
}

declare module "vitest" {
  interface ProvidedContext {
    readonly postgres: PostgresForTests;
  }
}

export default async function setup(project: TestProject): Promise<(() => Promise<void>) | undefined> {
  const given = process.env.DATABASE_URL;
  // The commands under test read it as well, and must not write into somebody's database.
  delete process.env.DATABASE_URL;
  const { programs, missing, server } = await start(given === undefined);
  if (missing !== "" && given === undefined) process.stderr.write(`PostgreSQL's tests are skipped: ${missing}\n`);
  project.provide("postgres", { url: given ?? server?.url, missing, programs });
  return server?.close;
}

interface Started extends Omit<PostgresForTests, "url"> {
  readonly server: PostgresServer | undefined;
}

/** One that is there and doesn't start, as in a sandbox that forbids it, is as good as none. */
async function start(wanted: boolean): Promise<Started> {
  const found = findPostgres();
  if ("missing" in found) return { programs: undefined, missing: found.missing, server: undefined };
  const programs = found.directory;
  if (!wanted) return { programs, missing: "", server: undefined };
  let server: PostgresServer | undefined;
  try {
    server = await createPostgres({ programs });
    await server.start();
    return { programs, missing: "", server };
  } catch (error) {
    await server?.close();
    const why = error instanceof Error ? error.message : String(error);
    return { programs: undefined, missing: `the one in ${programs} doesn't start: ${why}`, server: undefined };
  }
}
