/** One PostgreSQL for a run of the tests: the one that DATABASE_URL names, else one of its own. */
import type { TestProject } from "vitest/node";
import { createPostgres } from "./create-postgres.ts";
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
  const found = findPostgres();
  const programs = "directory" in found ? found.directory : undefined;
  const given = process.env.DATABASE_URL;
  // The commands under test read it as well, and must not write into somebody's database.
  delete process.env.DATABASE_URL;
  if (given !== undefined || "missing" in found) {
    const missing = "missing" in found ? found.missing : "";
    if (given === undefined) process.stderr.write(`PostgreSQL's tests are skipped: ${missing}\n`);
    project.provide("postgres", { url: given, missing, programs });
    return undefined;
  }
  const server = await createPostgres({ programs: found.directory });
  await server.start();
  project.provide("postgres", { url: server.url, missing: "", programs });
  return () => server.close();
}
