import { expect, onTestFinished, test } from "vitest";
import type { FileChange } from "../../src/actions/candidate.ts";
import { openLocalMirror } from "../../src/gitops/mirror/git-mirror.ts";
import { mergeDifference } from "../../src/remediation/merge-difference.ts";
import { repositoryReader } from "../../src/remediation/repository-reader.ts";
import { type GitRepository, gitRepository } from "../gitops/git-repository.ts";
import { candidate, remediation } from "../support/situation.ts";

const [path, other] = ["apps/checkout/kustomization.yaml", "apps/cart/kustomization.yaml"];
const [before, after] = ["newTag: v1.5.0\n", "newTag: v1.4.2\n"];
const planned: FileChange = { path, before, after };

async function differenceOf(repository: GitRepository, merge: string, file = planned) {
  const mirror = await openLocalMirror(repository.directory);
  onTestFinished(() => mirror.close());
  const decided = remediation({ candidate: candidate({ files: [file] }) });
  return mergeDifference(repositoryReader(mirror), decided, merge);
}

const broken = () => {
  const repository = gitRepository();
  repository.commit({ [path]: before, [other]: "replicas: 2\n" });
  return repository;
};
const differs = { code: "merge-differs" };

test("a merge that makes the plan's change and no other is as decided, whatever came after it", async () => {
  const repository = broken();
  const merge = repository.commit({ [path]: after });
  repository.commit({ [path]: "newTag: v1.6.0\n", [other]: "replicas: 0\n" });
  expect(await differenceOf(repository, merge)).toBeUndefined();
});

test("a merge differs that changes another file with it, or writes something else", async () => {
  const repository = broken();
  expect(await differenceOf(repository, repository.commit({ [path]: after, [other]: "replicas: 0\n" }))).toMatchObject(
    differs,
  );
  const again = broken();
  expect(await differenceOf(again, again.commit({ [path]: "newTag: v1.4.1\n" }))).toMatchObject(differs);
  const undone = broken();
  undone.commit({ [path]: after });
  expect(await differenceOf(undone, undone.commit({ [path]: before }))).toMatchObject(differs);
});

test("a file that was so already may have stayed as it is", async () => {
  const repository = broken();
  repository.commit({ [path]: after });
  expect(await differenceOf(repository, repository.commit({}))).toBeUndefined();
});

test("of a branch that was written over nobody can tell, though nothing of the plan is missing", async () => {
  const repository = broken();
  const [root] = [repository.git("rev-parse", "HEAD")];
  expect(await differenceOf(repository, root, { path, before, after: before })).toMatchObject(differs);
  const gone = { path: "apps/checkout/patch.yaml", before, after: undefined };
  expect(await differenceOf(repository, root, gone)).toMatchObject(differs);
});
