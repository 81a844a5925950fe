import { revertText } from "../../gitops/edit/revert-text.ts";
import type { MinedCommit } from "../../gitops/mirror/mined-commit.ts";
import { textDigest } from "../../ledger/canonical-json.ts";
import type { RecordedChange, RecordedFile } from "../../ledger/ledger-record.ts";
import type { Audit } from "../audit.ts";
import type { Check } from "../check.ts";
import { commitsOf, notInClone } from "../commits-of.ts";
import { recordedMerges } from "../recorded-merges.ts";

/** Against the merge commit's first parent. Lines that others changed meanwhile in the same files are theirs. */
export const mergedAsRecorded: Check = {
  name: "merged-as-recorded",
  title: "each merge changed exactly the files that its record names, to exactly these bytes",
  async run(audit, seen) {
    const merges = recordedMerges(audit.ledger);
    const commits = await commitsOf(
      audit,
      merges.map(({ commit }) => commit),
    );
    for (const { stored, commit, change } of merges) {
      const merged = commits.get(commit);
      if (change === undefined) seen.record(stored, "no record says what it changes");
      else if (merged === undefined) seen.skip(notInClone);
      else seen.record(stored, await difference(audit, merged, change));
    }
  },
};

async function difference(audit: Audit, commit: MinedCommit, change: RecordedChange): Promise<string | undefined> {
  const [parent] = commit.parents;
  if (parent === undefined) return `commit ${commit.id} has no parent: nobody can say what it changed`;
  const named = new Map(change.files.map((file) => [file.path, file]));
  for (const { path, modeAfter } of commit.files) {
    const file = named.get(path);
    if (file === undefined) return `commit ${commit.id} changes ${path}, too`;
    const mode = file.after === undefined ? "000000" : "100644";
    if (modeAfter !== mode) return `commit ${commit.id} makes ${path} something else (${modeAfter})`;
  }
  const paths = [...named.keys()];
  const { mirror } = audit.reader;
  // A base that nobody has any more says nothing.
  const revisions = [...((await mirror.has(change.base)) ? [change.base] : []), parent, commit.id];
  const texts = await mirror.readEach(revisions.map((revision) => ({ revision, paths })));
  const [base, before, after] = texts.length === 3 ? texts : [undefined, ...texts];
  for (const file of change.files) {
    const bytes = [base, before, after].map((files) => files?.get(file.path));
    if (!isAsRecorded(file, bytes)) return `commit ${commit.id} doesn't make of ${file.path} what is recorded`;
  }
  return undefined;
}

/** What the merge did to the file, done to the file as it was when it was decided, gives the recorded bytes. */
function isAsRecorded(
  { before: digestBefore, after: digestAfter }: RecordedFile,
  [base, before, after]: readonly (Uint8Array | undefined)[],
): boolean {
  if (digestOf(after) === digestAfter) return true;
  if (digestOf(base) !== digestBefore) return false;
  const applied = revertText({ before: textOf(after), after: textOf(before) }, textOf(base));
  return applied.outcome === "reverted" && digestOf(bytesOf(applied.text)) === digestAfter;
}

function digestOf(bytes: Uint8Array | undefined): string | undefined {
  return bytes === undefined ? undefined : textDigest(bytes);
}

function textOf(bytes: Uint8Array | undefined): string | undefined {
  return bytes === undefined ? undefined : new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes);
}

function bytesOf(text: string | undefined): Uint8Array | undefined {
  return text === undefined ? undefined : new TextEncoder().encode(text);
}
