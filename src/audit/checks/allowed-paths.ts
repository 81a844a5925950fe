import { secretBearing } from "../../gitops/edit/secret-bearing.ts";
import { writablePath } from "../../gitops/edit/writable-path.ts";
import type { Check } from "../check.ts";
import { commitsOf, notInClone } from "../commits-of.ts";
import { readable } from "../ledger.ts";
import { recordedMerges } from "../recorded-merges.ts";

/** By what the records name, and by what the merges really touched. */
export const allowedPaths: Check = {
  name: "allowed-paths",
  title: "nothing below .github, no CODEOWNERS, nothing of git's and no secrets were written",
  async run(audit, seen) {
    for (const stored of readable(audit.ledger)) {
      const { change, kind } = stored.record;
      // What was only looked at may name what may not be written.
      if (change === undefined || !["proposed", "undone", "merged"].includes(kind)) continue;
      seen.record(stored, denied(change.files.map(({ path }) => path)));
    }
    const merges = recordedMerges(audit.ledger);
    const commits = await commitsOf(
      audit,
      merges.map(({ commit }) => commit),
    );
    for (const { stored, commit } of merges) {
      const merged = commits.get(commit);
      const paths = merged?.files.map(({ path }) => path) ?? [];
      if (merged === undefined) seen.skip(notInClone);
      else seen.record(stored, denied(paths) ?? secret(await audit.reader.texts(commit, paths)));
    }
  },
};

function denied(paths: readonly string[]): string | undefined {
  const [found] = paths.flatMap((path) => {
    const why = writablePath(path);
    return why === undefined ? [] : [`it writes ${path}: ${why.message}`];
  });
  return found;
}

function secret(texts: ReadonlyMap<string, string>): string | undefined {
  const found = [...texts].find(([, text]) => secretBearing(text));
  return found === undefined ? undefined : `it writes ${found[0]}, which may hold secrets`;
}
