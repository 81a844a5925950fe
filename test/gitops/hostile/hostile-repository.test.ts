/** Repositories that were made to hurt: each file that can't be read is told, and everything else still works. */
import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import type { Catalogue } from "../../../src/gitops/catalogue/catalogue.ts";
import { resolveTarget } from "../../../src/gitops/catalogue/resolve-target.ts";
import { openLocalMirror } from "../../../src/gitops/mirror/git-mirror.ts";
import type { Mirror } from "../../../src/gitops/mirror/mirror.ts";
import { repositoryReader } from "../../../src/remediation/repository-reader.ts";
import { gitRepository, temporaryDirectory } from "../git-repository.ts";

const good = {
  "apps/cart/deployment.yaml":
    "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: cart}\nspec:\n  template:\n    spec:\n      containers: [{name: cart, image: 'r.io/cart:v1'}]\n",
};

interface Entry {
  readonly path: string;
  readonly content: string | Buffer;
  readonly mode?: "100644" | "120000" | "160000";
}

/** A repository whose tree a work tree could not hold: written by `git fast-import`. */
async function repositoryOf(entries: readonly Entry[]): Promise<string> {
  const directory = join(temporaryDirectory(), "hostile.git");
  execFileSync("git", ["init", "--quiet", "--bare", "--initial-branch=main", directory]);
  const child = spawn("git", ["--git-dir", directory, "fast-import", "--quiet"], {
    stdio: ["pipe", "ignore", "inherit"],
  });
  const ended = once(child, "close");
  child.stdin.write("commit refs/heads/main\ncommitter A <a@example.com> 1700000000 +0000\ndata 1\nx\n");
  for (const { path, content, mode = "100644" } of entries) {
    if (mode === "160000") child.stdin.write(`M 160000 ${content.toString()} ${quoted(path)}\n`);
    else {
      child.stdin.write(`M ${mode} inline ${quoted(path)}\ndata ${Buffer.byteLength(content)}\n`);
      child.stdin.write(content);
      child.stdin.write("\n");
    }
  }
  child.stdin.end("done\n");
  expect((await ended)[0]).toBe(0);
  return directory;
}

/** As git reads C strings. */
function quoted(path: string): string {
  const escaped = Array.from(path, (char) =>
    char < " " || char === '"' || char === "\\" ? `\\${char.charCodeAt(0).toString(8).padStart(3, "0")}` : char,
  ).join("");
  return `"${escaped}"`;
}

async function read(entries: readonly Entry[]): Promise<{ catalogue: Catalogue; mirror: Mirror; head: string }> {
  const plain = Object.entries(good).map(([path, content]) => ({ path, content }));
  const mirror = await openLocalMirror(await repositoryOf([...plain, ...entries]));
  onTestFinished(() => mirror.close());
  const head = await mirror.head();
  return { catalogue: await repositoryReader(mirror).catalogue(head), mirror, head };
}

function expectCart(catalogue: Catalogue): void {
  const found = resolveTarget(catalogue, { service: "cart" });
  expect(found.outcome === "resolved" && found.entry.fields.map((field) => field.value)).toContain("r.io/cart:v1");
}

describe("texts", () => {
  const deep = [1_000, 10_000, 100_000];
  test.each(
    deep
      .flatMap((depth) => [
        ["[", "[".repeat(depth)],
        ["{a:", "{a: ".repeat(depth)],
        ["-", "- ".repeat(depth)],
        ["?", "? ".repeat(depth)],
        ["lines", Array.from({ length: Math.min(depth, 1_000) }, (_, level) => `${" ".repeat(level)}a:`).join("\n")],
      ])
      .map(([what = "", content = ""]) => [what, content.length, content] as const),
  )("nesting by %s, %i characters long, is a diagnostic", async (_, __, content) => {
    const { catalogue } = await read([{ path: "deep.yaml", content }]);
    expect(catalogue.diagnostics).toMatchObject([{ file: "deep.yaml", line: expect.any(Number) }]);
    expect(catalogue.diagnostics[0]?.message.length).toBeLessThan(500);
    expectCart(catalogue);
  });

  test("an alias bomb stays as small as it is written", async () => {
    const levels = Array.from(
      { length: 200 },
      (_, level) => `l${level}: &l${level} [${Array(20).fill(level === 0 ? "x" : `*l${level - 1}`)}]`,
    );
    const content = `${levels.join("\n")}\nimage: {tag: v1}\n`;
    const { catalogue } = await read([{ path: "apps/bomb/values.yaml", content }]);
    expectCart(catalogue);
    const bomb = resolveTarget(catalogue, { service: "bomb" });
    expect(bomb.outcome === "resolved" && bomb.entry.fields.length).toBeLessThan(50);
  });

  test("50 MB of YAML are named, and not held", async () => {
    const content = Buffer.alloc(50 * 1024 * 1024, "a: b\n");
    const { catalogue, mirror, head } = await read([{ path: "apps/huge/values.yaml", content }]);
    expect(catalogue.diagnostics).toEqual([
      { file: "apps/huge/values.yaml", line: undefined, message: "the file is larger than 1 MiB" },
    ]);
    expect((await mirror.files(head)).length).toBe(1);
    expectCart(catalogue);
  });

  test("as many keys as a file may hold are read, and a million are too many", async () => {
    const keys = (count: number) => Array.from({ length: count }, (_, index) => `k${index}: 1\n`).join("");
    const { catalogue } = await read([
      { path: "apps/many/values.yaml", content: keys(80_000) },
      { path: "apps/million/values.yaml", content: keys(1_000_000) },
    ]);
    expect(catalogue.diagnostics.map(({ file }) => file)).toEqual(["apps/million/values.yaml"]);
    const many = resolveTarget(catalogue, { service: "many" });
    expect(many.outcome === "resolved" && many.entry.fields.length).toBe(80_000);
    expectCart(catalogue);
  });

  test.each([
    ["invalid UTF-8", Buffer.from([0x61, 0x3a, 0x20, 0xff, 0xfe]), "the file isn't UTF-8 text"],
    ["UTF-16", Buffer.from("a: 1\n", "utf16le"), "the file isn't UTF-8 text"],
    ["an encoded surrogate", Buffer.from([0x61, 0x3a, 0x20, 0xed, 0xa0, 0x80]), "the file isn't UTF-8 text"],
    [
      "a Git LFS pointer",
      Buffer.from(`version https://git-lfs.github.com/spec/v1\noid sha256:${"0".repeat(64)}\nsize 12345\n`),
      "a Git LFS pointer: the content isn't in the repository",
    ],
  ])("%s is named", async (_, content, message) => {
    const { catalogue } = await read([{ path: "apps/odd/values.yaml", content }]);
    expect(catalogue.diagnostics).toEqual([{ file: "apps/odd/values.yaml", line: undefined, message }]);
    expectCart(catalogue);
  });

  test("keys that JavaScript's objects are sensitive about are keys", async () => {
    const content = "__proto__: {image: {tag: v1}}\nconstructor: {prototype: {polluted: true}}\ntoString: {tag: v2}\n";
    const { catalogue } = await read([
      { path: "apps/odd/values.yaml", content },
      { path: "__proto__/constructor/values.yaml", content },
    ]);
    for (const entry of catalogue.targets) expect(entry.fields.length).toBeGreaterThan(0);
    expect(Object.hasOwn(Object.prototype, "polluted") || Object.hasOwn(Object.prototype, "image")).toBe(false);
    expectCart(catalogue);
  });
});

describe("trees", () => {
  test.each(["apps/a\nb/values.yaml", "apps/\u001b[31mred/values.yaml", "apps/\u007f.yaml", "apps/\u2028x.yaml"])(
    "the name %j is told and left out",
    async (path) => {
      const { catalogue, mirror, head } = await read([{ path, content: "image: {tag: v1}\n" }]);
      expect(catalogue.diagnostics).toEqual([
        { file: path, line: undefined, message: "the name holds control characters or isn't UTF-8" },
      ]);
      expect((await mirror.files(head)).map((file) => file.path)).toEqual(Object.keys(good));
      expectCart(catalogue);
    },
  );

  test("a symbolic link out of the tree is told, and never followed", async () => {
    const { catalogue, mirror, head } = await read([
      { path: "apps/cart/values.yaml", content: "../../../../etc/passwd", mode: "120000" },
      { path: "apps/all.yaml", content: "/etc", mode: "120000" },
      { path: "apps/picture", content: "elsewhere", mode: "120000" },
    ]);
    const message = "a symbolic link isn't followed";
    expect(catalogue.diagnostics).toEqual([
      { file: "apps/all.yaml", line: undefined, message },
      { file: "apps/cart/values.yaml", line: undefined, message },
    ]);
    expect(await mirror.read(head, ["apps/all.yaml/passwd", "apps/all.yaml/../cart/values.yaml"])).toEqual(new Map());
    expectCart(catalogue);
  });

  test("a submodule is told, and nothing below it is there", async () => {
    const { catalogue, mirror, head } = await read([
      { path: "vendor/charts", content: "1".repeat(40), mode: "160000" },
      { path: "vendor/more.yaml", content: "2".repeat(40), mode: "160000" },
    ]);
    expect(catalogue.diagnostics.map(({ file, message }) => `${file}: ${message}`)).toEqual([
      "vendor/charts: a submodule's files aren't in this repository",
      "vendor/more.yaml: a submodule's files aren't in this repository",
    ]);
    expect(await mirror.read(head, ["vendor/charts", "vendor/charts/Chart.yaml"])).toEqual(new Map());
    expectCart(catalogue);
  });

  test("thousands of files in one directory are read like any others", async () => {
    const many = Array.from({ length: 5_000 }, (_, index) => ({
      path: `apps/crowd/part-${index}.yaml`,
      content: `image: {tag: v${index}}\n`,
    }));
    const { catalogue, mirror, head } = await read(many);
    expect((await mirror.files(head)).length).toBe(5_001);
    expect(catalogue.diagnostics).toEqual([]);
    expectCart(catalogue);
  });

  test("hundreds of directories in one another are walked", async () => {
    const path = `${"d/".repeat(500)}values.yaml`;
    const { catalogue, mirror, head } = await read([{ path, content: "image: {tag: v1}\n" }]);
    expect([...(await mirror.read(head, [path])).keys()]).toEqual([path]);
    expectCart(catalogue);
  });

  test("after a push, a file that turned bad is told and one that turned good is read", async () => {
    const repository = gitRepository();
    const first = repository.commit({ ...good, "a.yaml": "a: 1\n", "b.yaml": `# ${"x".repeat(1024 * 1024)}` });
    const second = repository.commit({ "a.yaml": `# ${"x".repeat(1024 * 1024)}`, "b.yaml": "b: 1\n" });
    const mirror = await openLocalMirror(repository.directory);
    onTestFinished(() => mirror.close());
    const bad = async (revision: string) => (await mirror.unread(revision)).map(({ path }) => path);
    expect(await bad(first)).toEqual(["b.yaml"]);
    expect(await bad(second)).toEqual(["a.yaml"]);
    expect((await mirror.files(second)).map(({ path }) => path)).toEqual(["apps/cart/deployment.yaml", "b.yaml"]);
  });
});
