import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { gitEnvironment } from "../../../src/gitops/mirror/git-environment.ts";
import { ObjectReader } from "../../../src/gitops/mirror/object-reader.ts";
import { gitRepository, temporaryDirectory } from "../git-repository.ts";

function readerOf(directory: string): ObjectReader {
  const reader = new ObjectReader(gitEnvironment(directory));
  onTestFinished(() => reader.close());
  return reader;
}

test("answers come to whoever asked, in whatever sizes and order", async () => {
  const repository = gitRepository();
  const texts = ["", "x", "\n", "a\nb\n".repeat(100_000), "missing\n"];
  repository.commit(Object.fromEntries(texts.map((text, index) => [`${index}`, text])));
  const ids = texts.map((_, index) => repository.git("rev-parse", `HEAD:${index}`));
  const reader = readerOf(join(repository.directory, ".git"));
  const read = await Promise.all([...ids, "0".repeat(40), ...ids].map((id) => reader.read(id, 1_000_000)));
  expect(read.map((object) => object?.content?.toString())).toEqual([...texts, undefined, ...texts]);
});

test("what is larger than asked for is measured and not kept", async () => {
  const repository = gitRepository();
  repository.commit({ big: "x".repeat(1000), small: "y" });
  const reader = readerOf(join(repository.directory, ".git"));
  const [big, small] = await Promise.all(
    ["big", "small"].map((name) => reader.read(repository.git("rev-parse", `HEAD:${name}`), 999)),
  );
  expect(big).toEqual({ type: "blob", size: 1000, content: undefined });
  expect(small?.content?.toString()).toBe("y");
});

test("a name that is no single name, or of no commit, is nothing, and shifts no other answer", async () => {
  const repository = gitRepository();
  const commit = repository.commit({ a: "text" });
  const blob = repository.git("rev-parse", "HEAD:a");
  const reader = readerOf(join(repository.directory, ".git"));
  repository.git("tag", "blob", blob);
  const names = ["HEAD\nHEAD", "refs/tags/blob", "HEAD main", "refs/heads/absent", "refs/heads/main", "HEAD"];
  const answers = await Promise.all([...names.map((name) => reader.commitOf(name)), reader.read(blob, 100)]);
  expect(answers.slice(0, -1)).toEqual([undefined, undefined, undefined, undefined, commit, commit]);
  expect(answers.at(-1)).toMatchObject({ type: "blob", size: 4 });
});

test("a child that ends early fails its requests, and the next one starts another", async () => {
  const reader = readerOf(join(temporaryDirectory(), "nothing"));
  const both = await Promise.allSettled([reader.read("0".repeat(40), 1), reader.read("1".repeat(40), 1)]);
  for (const result of both) expect(result).toMatchObject({ status: "rejected", reason: { code: "git-failed" } });
  await expect(reader.read("2".repeat(40), 1)).rejects.toMatchObject({ code: "git-failed" });
});
