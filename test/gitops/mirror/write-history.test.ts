import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { openLocalMirror } from "../../../src/gitops/mirror/open-local-mirror.ts";
import { type ToldCommit, writeHistory } from "../../../src/gitops/mirror/write-history.ts";

const alice = { name: "Alice", email: "alice@example.com" };
const noon = Date.parse("2026-11-20T12:00:00Z");

function commit(files: Record<string, string | undefined>, more: Partial<ToldCommit> = {}): ToldCommit {
  const bytes = Object.entries(files).map(([path, text]) => [path, text && Buffer.from(text)] as const);
  return {
    at: noon,
    author: alice,
    message: "Change",
    files: new Map(bytes.map(([path, text]) => [path, text || undefined])),
    ...more,
  };
}

describe("a history that is told", () => {
  let directory: string;
  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), "history-"));
  });
  afterEach(() => rm(directory, { recursive: true, force: true }));

  test("is read back as it was told: texts, times, authors and messages", async () => {
    const ids = await writeHistory(directory, [
      commit({ "a.yaml": "a: 1\n", "dir/b.yaml": "b: 1\n" }, { message: "First\n\nWith a body." }),
      commit({ "a.yaml": "a: 2\n", "dir/b.yaml": undefined }, { at: noon + 60_000, message: "Second" }),
    ]);
    const mirror = await openLocalMirror(directory);
    try {
      const [second, first] = await mirror.log(await mirror.head(), {});
      expect([first?.id, second?.id]).toEqual(ids);
      expect(first).toMatchObject({
        message: expect.stringMatching(/^First\n\nWith a body\.\n?$/),
        author: alice,
        committedAt: noon,
      });
      expect(second).toMatchObject({
        committedAt: noon + 60_000,
        files: [{ path: "a.yaml" }, { path: "dir/b.yaml", status: "deleted" }],
      });
      const texts = await mirror.read(ids[1] ?? "", ["a.yaml", "dir/b.yaml"]);
      expect([...texts].map(([path, bytes]) => [path, Buffer.from(bytes).toString()])).toEqual([["a.yaml", "a: 2\n"]]);
    } finally {
      await mirror.close();
    }
  });

  test("told twice it has the same ids", async () => {
    const told = [commit({ "a.yaml": "a: 1\n" })];
    const other = await mkdtemp(join(tmpdir(), "history-"));
    try {
      expect(await writeHistory(other, told)).toEqual(await writeHistory(directory, told));
    } finally {
      await rm(other, { recursive: true, force: true });
    }
  });

  test("file names with quotes, backslashes and line breaks stay what they are", async () => {
    const names = ['"quoted".yaml', "back\\slash.yaml", "line\nbreak.yaml", "ünï.yaml", " spaces .yaml"];
    const [id] = await writeHistory(directory, [commit(Object.fromEntries(names.map((name) => [name, "a: 1\n"])))]);
    const mirror = await openLocalMirror(directory);
    try {
      expect((await mirror.entries(id ?? "")).map(({ path }) => path).toSorted()).toEqual(names.toSorted());
    } finally {
      await mirror.close();
    }
  });

  test("an author's name that would end its line is refused", async () => {
    const author = { name: "Eve <eve@example.com> 0 +0000\ncommitter X", email: "eve@example.com" };
    await expect(writeHistory(directory, [commit({ "a.yaml": "a: 1\n" }, { author })])).rejects.toMatchObject({
      code: "git-failed",
    });
  });
});
