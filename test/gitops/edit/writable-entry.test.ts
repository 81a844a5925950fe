import { expect, onTestFinished, test } from "vitest";
import { writableEntry } from "../../../src/gitops/edit/writable-entry.ts";
import { openLocalMirror } from "../../../src/gitops/mirror/git-mirror.ts";
import { gitRepository } from "../git-repository.ts";

test("field note S12: only a plain file below plain directories may be written", async () => {
  const repository = gitRepository();
  repository.link("apps/prod", "../.github");
  repository.link("apps/link.yaml", "values.yaml");
  repository.commit({ ".github/x.yaml": "a: 1", "apps/values.yaml": "a: 1", "apps/run.yaml": "a: 1" });
  repository.git("update-index", "--chmod=+x", "apps/run.yaml");
  repository.git("update-index", "--add", "--cacheinfo", `160000,${repository.git("rev-parse", "HEAD")},vendor`);
  repository.git("commit", "--quiet", "--message", "Modes");
  const mirror = await openLocalMirror(repository.directory);
  onTestFinished(() => mirror.close());
  const entries = await mirror.entries(await mirror.head());

  expect(writableEntry(entries, "apps/values.yaml")).toBeUndefined();
  for (const path of [
    "apps/prod/x.yaml",
    "apps/prod",
    "apps/link.yaml",
    "apps/run.yaml",
    "vendor",
    "vendor/x.yaml",
    "apps",
    "nope.yaml",
  ])
    expect(writableEntry(entries, path)?.code, path).toBe("file-not-regular");
  expect(writableEntry(entries, "apps/prod/x.yaml")?.message).toMatch(/a link or a submodule$/);
  expect(writableEntry(entries, "apps")?.message).toMatch(/it doesn't exist$/);

  expect(writableEntry(entries, "apps/new.yaml", "new")).toBeUndefined();
  expect(writableEntry(entries, "app", "new")).toBeUndefined();
  for (const [path, why] of [
    ["apps/values.yaml", "it exists already"],
    ["apps", "it is a directory"],
    ["apps/prod/new.yaml", "a part of its path is a link or a submodule"],
  ] as const)
    expect(writableEntry(entries, path, "new")?.message, path).toMatch(new RegExp(`${why}$`));
});
