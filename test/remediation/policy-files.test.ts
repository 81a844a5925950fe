import { describe, expect, onTestFinished, test } from "vitest";
import { openLocalMirror } from "../../src/gitops/mirror/git-mirror.ts";
import { repositoryReader } from "../../src/remediation/repository-reader.ts";
import { type GitRepository, gitRepository } from "../gitops/git-repository.ts";

const authority = (version: number) =>
  `apiVersion: remit.dev/v1alpha1\nkind: Authority\nmetadata: {name: shop}\nspec: {version: ${version}, grants: []}\n`;
const path = ".github/remit/authority.yaml";
const runbook = (name: string, more = "") =>
  `apiVersion: remit.dev/v1alpha1\nkind: Runbook\nmetadata: {name: ${name}}\nspec:\n  on: {alerts: [HighErrorRate]}\n  steps: [{action: rollback}]\n${more}`;

async function readerOf(repository: GitRepository) {
  const mirror = await openLocalMirror(repository.directory);
  onTestFinished(() => mirror.close());
  return repositoryReader(mirror);
}

describe("the policy at a revision", () => {
  test("an older version that was merged again is refused, until a higher one comes", async () => {
    const repository = gitRepository();
    const first = repository.commit({ [path]: authority(13) });
    const second = repository.commit({ [path]: authority(14) });
    const replayed = repository.commit({ [path]: authority(13) });
    const gone = repository.commit({ [path]: undefined, "a.yaml": "a: 1\n" });
    const back = repository.commit({ [path]: authority(13) });
    const higher = repository.commit({ [path]: authority(15) });
    const reader = await readerOf(repository);
    const kinds = [];
    for (const revision of [first, second, replayed, gone, back, higher])
      kinds.push((await reader.authority(revision)).kind);
    expect(kinds).toEqual(["present", "present", "replayed", "missing", "replayed", "present"]);
    expect(await reader.authority(replayed)).toMatchObject({ version: 13, newest: 14 });
    const fresh = await readerOf(repository);
    expect((await fresh.authority(back)).kind).toBe("replayed");
    expect((await fresh.authority(first)).kind).toBe("present");
  });

  test("a version counts whatever date its commit carries", async () => {
    const repository = gitRepository();
    const first = repository.commit({ [path]: authority(13) }, { at: "2026-11-18T10:00:00Z" });
    const dated = repository.commit({ [path]: authority(14) }, { at: "2026-11-08T10:00:00Z" });
    const replayed = repository.commit({ [path]: authority(13) }, { at: "2026-11-18T11:00:00Z" });
    for (const seen of [[first], [first, dated]]) {
      const reader = await readerOf(repository);
      for (const revision of seen) await reader.authority(revision);
      expect(await reader.authority(replayed)).toMatchObject({ kind: "replayed", version: 13, newest: 14 });
    }
  });

  test("a version counts though the file had mistakes", async () => {
    const repository = gitRepository();
    repository.commit({ [path]: authority(20).replace("grants", "grunts") });
    const revision = repository.commit({ [path]: authority(19) });
    expect((await (await readerOf(repository)).authority(revision)).kind).toBe("replayed");
  });

  test("another text under the same version is refused, until the version grows or the first text is back", async () => {
    const repository = gitRepository();
    const other = authority(14).replace("shop", "store");
    const texts = [
      authority(14).replace("grants", "grunts"),
      authority(14),
      other,
      `${authority(14)}\n`,
      authority(14),
      other.replace("14", "15"),
    ];
    const revisions = texts.map((text) => repository.commit({ [path]: text }));
    const reader = await readerOf(repository);
    const kinds = [];
    for (const revision of revisions) kinds.push((await reader.authority(revision)).kind);
    // Mending what granted nothing takes no new version.
    expect(kinds).toEqual(["invalid", "present", "reused", "reused", "present", "present"]);
    const fresh = await readerOf(repository);
    expect(await fresh.authority(revisions[3] ?? "")).toMatchObject({ kind: "reused", version: 14 });
    expect((await fresh.authority(revisions[5] ?? "")).kind).toBe("present");
  });

  test("every runbook is read, and one mistake refuses them all", async () => {
    const repository = gitRepository();
    const files = { ".github/remit/runbooks/a.yaml": runbook("a"), ".github/remit/runbooks/b.yml": runbook("b") };
    const good = repository.commit({ ...files, ".github/remit/runbooks/README.md": "x", "runbooks/c.yaml": "x: [" });
    const bad = repository.commit({ ".github/remit/runbooks/c.yaml": runbook("c", "  verfy: {}\n") });
    const reader = await readerOf(repository);
    expect(await reader.runbooks(good)).toMatchObject({ kind: "present", runbooks: [{ name: "a" }, { name: "b" }] });
    expect(await reader.runbooks(bad)).toMatchObject({
      kind: "invalid",
      mistakes: [{ file: ".github/remit/runbooks/c.yaml", line: 7, column: 3, nearest: "verify" }],
    });
  });

  test("a change of the policy is told with its time", async () => {
    const repository = gitRepository();
    repository.commit({ [path]: authority(1) }, { at: "2026-11-18T10:00:00Z" });
    const revision = repository.commit({ "a.yaml": "a: 1\n" }, { at: "2026-11-19T10:00:00Z" });
    const reader = await readerOf(repository);
    const changed = Date.parse("2026-11-18T10:00:00Z");
    expect(await reader.policyChangedAt(revision, changed)).toBe(changed);
    expect(await reader.policyChangedAt(revision, changed + 1000)).toBeUndefined();
  });
});
