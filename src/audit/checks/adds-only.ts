import type { MinedCommit, MinedFile } from "../../gitops/mirror/mined-commit.ts";
import { sequenceOf } from "../../ledger/read-record-files.ts";
import type { Check } from "../check.ts";

export const addsOnly: Check = {
  name: "adds-only",
  title: "each commit of the ledger adds records behind the last one, and touches nothing else",
  run({ ledger: { commits } }, seen) {
    let last = 0;
    for (const commit of commits) {
      const added = commit.files.map(({ path }) => sequenceOf(path) ?? 0).toSorted((a, b) => a - b);
      const [why] = commit.files.flatMap((file) => intrusion(file) ?? []);
      seen.look(finding(commit, why ?? order(added, last)));
      last = Math.max(last, ...added);
    }
  },
};

function finding({ id }: MinedCommit, why: { readonly message: string; readonly path?: string } | undefined) {
  return why === undefined ? undefined : { ...why, commit: id };
}

function intrusion({ path, status, modeAfter }: MinedFile): { message: string; path: string } | undefined {
  if (status === "modified" || status === "type-changed")
    return { message: "it changes a file that stood there", path };
  if (status === "deleted") return { message: "it removes a file", path };
  if (sequenceOf(path) === undefined) return { message: "it adds a file that is no record", path };
  return modeAfter === "100644"
    ? undefined
    : { message: `it adds a record as ${modeAfter} and not as a plain file`, path };
}

function order(added: readonly number[], last: number): { readonly message: string } | undefined {
  const wrong = added.findIndex((sequence, index) => sequence !== last + 1 + index);
  if (wrong < 0) return undefined;
  return { message: `it adds record ${added[wrong]} where ${last + 1 + wrong} is next` };
}
