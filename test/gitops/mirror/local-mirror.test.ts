import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { openLocalMirror } from "../../../src/gitops/mirror/git-mirror.ts";
import type { LogOptions, Mirror } from "../../../src/gitops/mirror/mirror.ts";
import { type GitRepository, gitRepository, temporaryDirectory } from "../git-repository.ts";

async function local(repository: GitRepository): Promise<Mirror> {
  const mirror = await openLocalMirror(repository.directory);
  onTestFinished(() => mirror.close());
  return mirror;
}

test("a work tree, its git directory and a bare clone all open, and read the same", async () => {
  const repository = gitRepository();
  const head = repository.commit({ "a.yaml": "x: 1" });
  const bare = join(temporaryDirectory(), "bare.git");
  repository.git("clone", "--quiet", "--bare", repository.directory, bare);
  for (const directory of [repository.directory, join(repository.directory, ".git"), bare]) {
    const mirror = await openLocalMirror(directory);
    onTestFinished(() => mirror.close());
    expect(await mirror.head()).toBe(head);
    expect(await mirror.files(head)).toEqual([{ path: "a.yaml", text: "x: 1" }]);
  }
});

test("a directory without a repository is an error", async () => {
  await expect(openLocalMirror(temporaryDirectory())).rejects.toMatchObject({ code: "git-failed" });
});

describe("revisions", () => {
  const bad = [
    "HEAD",
    "main",
    "-p",
    "--output=/tmp/x",
    "--upload-pack=touch /tmp/x",
    "--exec=touch /tmp/x",
    "-c",
    "-cprotocol.ext.allow=always",
    "--config=core.sshCommand=touch /tmp/x",
    "--config-env=a=B",
    "--orphan=evil",
    "--ext-diff",
    "--open-files-in-pager=touch",
    "--",
    "--end-of-options",
    "ext::sh -c touch% /tmp/x",
    ":/Change",
    "HEAD@{now}",
    "0".repeat(39),
    "A".repeat(40),
    "0".repeat(41),
    "",
    `${"0".repeat(40)}\n`,
  ];

  test.each(bad)("field note S15: %j never reaches a command line", async (revision) => {
    const repository = gitRepository();
    const head = repository.commit({ "a.yaml": "x: 1" });
    const mirror = await local(repository);
    const calls = [
      () => mirror.has(revision),
      () => mirror.entries(revision),
      () => mirror.read(revision, ["a.yaml"]),
      () => mirror.files(revision),
      () => mirror.log(revision, {}),
      () => mirror.isAncestor(revision, head),
      () => mirror.isAncestor(head, revision),
      () => mirror.diff(head, revision),
      () => mirror.diff(revision, head),
    ];
    for (const call of calls) await expect((async () => call())()).rejects.toMatchObject({ code: "revision-invalid" });
  });

  test.each([
    "-x",
    "--upload-pack=touch",
    "--output=x",
    "-cprotocol.ext.allow=always",
    "ext::sh",
    "main^",
    "main~1",
    "main:a.yaml",
    "main@{0}",
    "@",
    "../HEAD",
    "a..b",
    "*",
    "main ",
    ".lock",
    "x.lock",
  ])("field note S15: %j is no branch", async (branch) => {
    const repository = gitRepository();
    repository.commit({ "a.yaml": "x: 1" });
    expect(await (await local(repository)).branchHead(branch)).toBeUndefined();
  });

  test("a commit that isn't there is known as such, and is nobody's ancestor", async () => {
    const repository = gitRepository();
    const head = repository.commit({ "a.yaml": "x: 1" });
    const mirror = await local(repository);
    expect(await mirror.has("0".repeat(40))).toBe(false);
    expect(await mirror.isAncestor("0".repeat(40), head)).toBe(false);
    await expect(mirror.isAncestor(head, "0".repeat(40))).rejects.toMatchObject({ code: "git-failed" });
  });

  test("ancestry follows both sides of a merge", async () => {
    const repository = gitRepository();
    const first = repository.commit({ "a.yaml": "x: 1" });
    repository.git("checkout", "--quiet", "-b", "side");
    const side = repository.commit({ "b.yaml": "x: 1" });
    repository.git("checkout", "--quiet", "main");
    const main = repository.commit({ "c.yaml": "x: 1" });
    repository.git("merge", "--quiet", "--no-ff", "--message", "Merge", "side");
    const merged = repository.git("rev-parse", "HEAD");
    const mirror = await local(repository);
    expect(await mirror.isAncestor(side, merged)).toBe(true);
    expect(await mirror.isAncestor(first, side)).toBe(true);
    expect(await mirror.isAncestor(first, first)).toBe(true);
    expect(await mirror.isAncestor(side, main)).toBe(false);
  });
});

describe("history", () => {
  test("tells who changed what and when, newest first, along the first parents", async () => {
    const repository = gitRepository();
    const first = repository.commit(
      { "a.yaml": "x: 1", "b.yaml": "y: 1" },
      { message: "Start\n\nBody", at: "2026-11-20T08:00:00Z" },
    );
    repository.git("checkout", "--quiet", "-b", "side");
    repository.commit({ "a.yaml": "x: 2", "c.yaml": "z: 1" }, { at: "2026-11-20T08:30:00Z" });
    repository.git("checkout", "--quiet", "main");
    repository.git("merge", "--quiet", "--no-ff", "--message", "Merge the side", "side");
    const merged = repository.git("rev-parse", "HEAD");
    const last = repository.commit({ "b.yaml": undefined }, { message: "Drop b", at: "2026-11-20T11:00:00Z" });
    const mirror = await local(repository);

    const all = await mirror.log(last, {});
    expect(all.map((commit) => commit.id)).toEqual([last, merged, first]);
    expect(all[2]).toEqual({
      id: first,
      parents: [],
      author: { name: "Ada", email: "ada@example.com" },
      committer: { name: "Grace", email: "grace@example.com" },
      authoredAt: Date.parse("2026-11-20T08:00:00Z"),
      committedAt: Date.parse("2026-11-20T08:00:00Z"),
      message: "Start\n\nBody",
      files: [
        { path: "a.yaml", status: "added", modeBefore: "000000", modeAfter: "100644" },
        { path: "b.yaml", status: "added", modeBefore: "000000", modeAfter: "100644" },
      ],
    });
    // A merge counts as what it brought to the branch.
    expect(all[1]?.files.map((file) => [file.path, file.status])).toEqual([
      ["a.yaml", "modified"],
      ["c.yaml", "added"],
    ]);
    expect(all[0]?.files.map((file) => file.status)).toEqual(["deleted"]);

    expect((await mirror.log(last, { paths: ["a.yaml"] })).map((commit) => commit.id)).toEqual([merged, first]);
    expect((await mirror.log(last, { limit: 1 })).map((commit) => commit.id)).toEqual([last]);
    expect((await mirror.log(last, { since: Date.parse("2026-11-20T11:00:00Z") })).map((commit) => commit.id)).toEqual([
      last,
    ]);
    expect(await mirror.log(last, { paths: [] })).toEqual([]);
    expect((await mirror.diff(first, last)).map((file) => [file.path, file.status])).toEqual([
      ["a.yaml", "modified"],
      ["b.yaml", "deleted"],
      ["c.yaml", "added"],
    ]);
  });

  test("finds what a commit with a date of long ago stands upon, for those who count", async () => {
    const repository = gitRepository();
    const counted = repository.commit(
      { "a.yaml": "x: 1" },
      { at: "2026-11-20T10:00:00Z", message: "Roll back\n\nMark: 1" },
    );
    repository.commit({ "a.yaml": "x: 2" }, { at: "2026-11-01T10:00:00Z", message: "From a machine that is behind" });
    const head = repository.commit({ "a.yaml": "x: 3" }, { at: "2026-11-20T11:00:00Z", message: "Newer\n\nMark: 2" });
    const mirror = await local(repository);
    const since = Date.parse("2026-11-19T00:00:00Z");
    const find = async (options: LogOptions) =>
      (await mirror.log(head, { since, containing: "Mark:", files: false, ...options })).map(({ id }) => id);
    expect(await find({})).toEqual([head, counted]);
    expect(await find({ limit: 1 })).toEqual([head]);
    expect(await find({ since: Date.parse("2026-11-20T10:30:00Z") })).toEqual([head]);
    expect(await find({ containing: "Mark: 1" })).toEqual([counted]);
  });

  test("looks through as many commits as it takes to be sure that only history is left", async () => {
    const repository = gitRepository();
    const seconds = (text: string) => Date.parse(text) / 1000;
    const person = "Grace <grace@example.com>";
    const commit = (mark: number, message: string, at: number) =>
      `commit refs/heads/main\nmark :${mark}\ncommitter ${person} ${at} +0000\ndata ${message.length}\n${message}\n` +
      (mark > 1 ? `from :${mark - 1}\n\n` : "\n");
    const recent = seconds("2026-11-20T10:00:00Z");
    const stream = Array.from({ length: 2_600 }, (_, index) => {
      // The counted one is far down; above it some are new and most are from a machine that is behind.
      if (index === 100) return commit(index + 1, "Mark: 1", recent);
      return commit(index + 1, "Other", index % 900 === 899 ? recent : seconds("2026-10-01T00:00:00Z"));
    }).join("");
    repository.import(stream);
    const mirror = await local(repository);
    const found = await mirror.log(await mirror.head(), {
      since: Date.parse("2026-11-19T00:00:00Z"),
      containing: "Mark:",
      files: false,
    });
    expect(found.map(({ message }) => message)).toEqual(["Mark: 1"]);
  });

  test("paths are literal: no patterns, no magic, no options", async () => {
    const repository = gitRepository();
    const head = repository.commit({ "a.yaml": "x: 1", "--output=x": "y", ":(top)b": "z", "*.yaml": "w" });
    const mirror = await local(repository);
    for (const path of ["--output=x", ":(top)b", "*.yaml"]) {
      expect((await mirror.log(head, { paths: [path] })).length).toBe(1);
      expect([...(await mirror.read(head, [path])).keys()]).toEqual([path]);
    }
    expect(await mirror.log(head, { paths: [":(exclude)zzz", "?.yaml"] })).toEqual([]);
  });

  test("messages and names that look like our own format change nothing", async () => {
    const repository = gitRepository();
    const message = ":100644 100644 0 0 M\n:evil\n\u0001tformat";
    const head = repository.commit({ ":100644 strange\nname\ttab.yaml": "x: 1" }, { message });
    const [commit] = await (await local(repository)).log(head, {});
    expect(commit?.message).toBe(message);
    expect(commit?.files.map((file) => file.path)).toEqual([":100644 strange\nname\ttab.yaml"]);
  });
});

describe("files", () => {
  test("hold what configuration may live in, and nothing else", async () => {
    const repository = gitRepository();
    repository.link("link.yaml", "a.yaml");
    const head = repository.commit({
      "a.yaml": "\ufeffx: 1\r\n",
      "b.YML": "x: 1",
      "c.json": "{}",
      ".env": "A=1",
      "x/.env.production": "A=1",
      "d.properties": "a=1",
      "image.png": "\u0000",
      "README.md": "no",
      "nul.yaml": "a\u0000b",
      "huge.yaml": `# ${"x".repeat(1024 * 1024)}`,
    });
    const mirror = await local(repository);
    const files = await mirror.files(head);
    expect(files.map((file) => file.path).sort()).toEqual([
      ".env",
      "a.yaml",
      "b.YML",
      "c.json",
      "d.properties",
      "x/.env.production",
    ]);
    expect(files.find((file) => file.path === "a.yaml")?.text).toBe("\ufeffx: 1\r\n");
    expect((await mirror.entries(head)).find((entry) => entry.path === "link.yaml")?.mode).toBe("120000");
  });

  test("bytes that aren't UTF-8 leave their file out, and only theirs", async () => {
    const repository = gitRepository();
    const { writeFileSync } = await import("node:fs");
    writeFileSync(join(repository.directory, "latin1.yaml"), Buffer.from([0x61, 0x3a, 0x20, 0xe9]));
    const head = repository.commit({ "a.yaml": "x: 1" });
    expect((await (await local(repository)).files(head)).map((file) => file.path)).toEqual(["a.yaml"]);
  });

  test("a file that didn't change is the same object at the next revision", async () => {
    const repository = gitRepository();
    const first = repository.commit({ "a.yaml": "x: 1", "b.yaml": "y: 1" });
    const second = repository.commit({ "b.yaml": "y: 2" });
    const mirror = await local(repository);
    const [before, after] = [await mirror.files(first), await mirror.files(second)];
    expect(after[0]).toBe(before[0]);
    expect(after[1]).not.toBe(before[1]);
    expect(await mirror.files(second)).toBe(after);
  });

  test("a submodule is an entry, and no file", async () => {
    const repository = gitRepository();
    const inner = repository.commit({ "a.yaml": "x: 1" });
    repository.git("update-index", "--add", "--cacheinfo", `160000,${inner},vendor/module.yaml`);
    mkdirSync(join(repository.directory, "vendor/module.yaml"), { recursive: true });
    repository.git("commit", "--quiet", "--message", "Module");
    const head = repository.git("rev-parse", "HEAD");
    const mirror = await local(repository);
    expect((await mirror.entries(head)).map((entry) => entry.mode)).toEqual(["100644", "160000"]);
    expect((await mirror.files(head)).map((file) => file.path)).toEqual(["a.yaml"]);
    expect(await mirror.read(head, ["vendor/module.yaml"])).toEqual(new Map());
  });
});
