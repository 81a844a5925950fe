/** Incident worlds of one test file: each has a directory of its own, and goes after its test. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach } from "vitest";
import { type IncidentWorld, incidentWorld, type WorldOptions } from "./incident-world.ts";

/** Whatever a world's GitHub saw that isn't as GitHub describes it fails the test. */
export function incidentWorlds(): (options?: Omit<WorldOptions, "directory">) => Promise<IncidentWorld> {
  const open: { readonly made: IncidentWorld; readonly directory: string }[] = [];
  afterEach(async () => {
    for (const { made, directory } of open.splice(0)) {
      made.github.assertNoViolations();
      await made.close();
      await rm(directory, { recursive: true, force: true });
    }
  });
  return async (options = {}) => {
    const directory = await mkdtemp(join(tmpdir(), "remit-world-"));
    const made = await incidentWorld({ directory, ...options });
    open.push({ made, directory });
    return made;
  };
}
