import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { openMirror } from "../../../src/gitops/mirror/git-mirror.ts";
import type { Mirror } from "../../../src/gitops/mirror/mirror.ts";
import { type GitRepository, gitRepository, temporaryDirectory } from "../git-repository.ts";

async function mirrorOf(remote: GitRepository, directory = temporaryDirectory()): Promise<Mirror> {
  const mirror = await openMirror({ directory, repository: "acme/shop", url: remote.url });
  onTestFinished(() => mirror.close());
  return mirror;
}

const text = (bytes: Uint8Array | undefined): string => new TextDecoder().decode(bytes);

describe("a partial clone", () => {
  test("leaves contents on the remote, and brings what is read in one fetch", async () => {
    const remote = gitRepository();
    const files = Object.fromEntries(
      Array.from({ length: 30 }, (_, index) => [`apps/${index}.yaml`, `replicas: ${index}\n`]),
    );
    const head = remote.commit(files);
    const directory = temporaryDirectory();
    const mirror = await mirrorOf(remote, directory);
    expect(localBlobs(directory)).toBe(0);

    expect(await mirror.files(head)).toHaveLength(30);
    expect(localBlobs(directory)).toBe(30);
    expect(packs(directory)).toBe(2);
    // A reader that knew of the remote would fetch what is missing by itself, one by one.
    expect(readFileSync(join(directory, "config"), "utf8")).not.toMatch(/promisor|url/);
  });

  test("reads the bytes of named files and leaves out what isn't there", async () => {
    const remote = gitRepository();
    const head = remote.commit({ "a.bin": "\u0000\u0001", "b/c.yaml": "x: 1" });
    const mirror = await mirrorOf(remote);
    const read = await mirror.read(head, ["a.bin", "b/c.yaml", "b", "nope"]);
    expect([...read.keys()].sort()).toEqual(["a.bin", "b/c.yaml"]);
    expect(text(read.get("b/c.yaml"))).toBe("x: 1");
  });

  test("answers many readers at once", async () => {
    const remote = gitRepository();
    const heads = Array.from({ length: 8 }, (_, index) => remote.commit({ "a.yaml": `x: ${index}` }));
    const mirror = await mirrorOf(remote);
    const values = await Promise.all(
      heads.map(async (head) => text((await mirror.read(head, ["a.yaml"])).get("a.yaml"))),
    );
    expect(values).toEqual(heads.map((_, index) => `x: ${index}`));
  });

  test("a remote that can't filter is cloned whole", async () => {
    const remote = gitRepository();
    remote.git("config", "uploadpack.allowFilter", "false");
    const head = remote.commit({ "a.yaml": "x: 1" });
    expect(await (await mirrorOf(remote)).files(head)).toEqual([{ path: "a.yaml", text: "x: 1" }]);
  });
});

describe("fetching", () => {
  test("brings new commits, forgets deleted branches and follows a renamed default branch", async () => {
    const remote = gitRepository();
    remote.commit({ "a.yaml": "x: 1" });
    remote.git("branch", "feature");
    const mirror = await mirrorOf(remote);
    expect(await mirror.branchHead("feature")).toBe(await mirror.head());

    remote.git("branch", "-D", "feature");
    remote.git("branch", "-m", "main", "trunk");
    const head = remote.commit({ "a.yaml": "x: 2" });
    await Promise.all([mirror.fetch(), mirror.fetch(), mirror.fetch()]);
    expect(await mirror.head()).toBe(head);
    expect(await mirror.branchHead("trunk")).toBe(head);
    expect(await mirror.branchHead("feature")).toBeUndefined();
    expect(await mirror.branchHead("main")).toBeUndefined();
  });

  test("an existing directory is used again", async () => {
    const remote = gitRepository();
    remote.commit({ "a.yaml": "x: 1" });
    const directory = temporaryDirectory();
    await (await mirrorOf(remote, directory)).close();
    const head = remote.commit({ "a.yaml": "x: 2" });
    expect(await (await mirrorOf(remote, directory)).head()).toBe(head);
  });

  test("fetches branches and nothing else", async () => {
    const remote = gitRepository();
    const head = remote.commit({ "a.yaml": "x: 1" });
    remote.git("tag", "v1");
    remote.git("update-ref", "refs/pull/1/head", head);
    const directory = temporaryDirectory();
    await mirrorOf(remote, directory);
    expect(execFileSync("git", ["for-each-ref", "--format=%(refname)"], { cwd: directory, encoding: "utf8" })).toBe(
      "refs/heads/main\n",
    );
  });

  test("an empty repository opens, and has no head", async () => {
    const mirror = await mirrorOf(gitRepository());
    await expect(mirror.head()).rejects.toMatchObject({ code: "git-failed" });
  });
});

describe("the token", () => {
  test("reaches the remote as a header, and never the directory or an error", async () => {
    const seen: (string | undefined)[] = [];
    const server = createServer((request, response) => {
      seen.push(request.headers.authorization);
      // git repeats what a remote says in plain text.
      response.writeHead(403, { "content-type": "text/plain" }).end(`denied: ${request.headers.authorization}`);
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    onTestFinished(() => void server.close());
    const { port } = server.address() as AddressInfo;
    const directory = temporaryDirectory();
    const opening = openMirror({
      directory,
      repository: "acme/shop",
      url: `http://127.0.0.1:${port}/acme/shop.git`,
      authorization: async () => "ghs_verysecrettoken",
    });
    const error = await opening.then(
      () => undefined,
      (cause: unknown) => cause,
    );
    expect(seen[0]).toBe(`Basic ${Buffer.from("x-access-token:ghs_verysecrettoken").toString("base64")}`);
    expect(error).toMatchObject({ code: "git-failed", message: expect.stringContaining("denied: Basic ***") });
    const told = `${error} ${JSON.stringify(error)} ${(error as Error).stack}`;
    expect(told).not.toContain("ghs_verysecrettoken");
    expect(told).not.toContain(Buffer.from("x-access-token:ghs_verysecrettoken").toString("base64"));
    expect(readFileSync(join(directory, "config"), "utf8")).not.toMatch(/ghs_|extraHeader|127\.0\.0\.1/i);
  });

  test.each(["line\nbreak", "naïve", ""])("a header value that can't be sent is refused: %j", async (secret) => {
    const opening = openMirror({
      directory: temporaryDirectory(),
      repository: "acme/shop",
      url: "http://127.0.0.1:1/acme/shop.git",
      authorization: async () => secret,
    });
    await expect(opening).rejects.toMatchObject({ code: "config-invalid" });
  });
});

test.each([
  "ext::sh -c id",
  "http://example.com/acme/shop.git",
  "http://127.0.0.1.example.com/acme/shop.git",
  "ssh://git@example.com/acme/shop.git",
  "https://user:hunter2@example.com/acme/shop.git",
  "git@example.com:acme/shop.git",
  "--upload-pack=id",
])("a URL that Remit doesn't talk to is refused: %s", async (url) => {
  const opening = openMirror({ directory: temporaryDirectory(), repository: "acme/shop", url });
  await expect(opening).rejects.toMatchObject({ code: "config-invalid" });
  await expect(opening).rejects.not.toThrow(/hunter2/);
});

test("a remote that isn't there is an error of git's", async () => {
  const opening = openMirror({
    directory: temporaryDirectory(),
    repository: "acme/shop",
    url: "file:///nowhere/at/all",
  });
  await expect(opening).rejects.toMatchObject({ code: "git-failed" });
});

function localBlobs(directory: string): number {
  const list = execFileSync("git", ["cat-file", "--batch-all-objects", "--batch-check"], {
    cwd: directory,
    encoding: "utf8",
  });
  return list.split("\n").filter((line) => line.includes(" blob ")).length;
}

function packs(directory: string): number {
  const count = execFileSync("git", ["count-objects", "-v"], { cwd: directory, encoding: "utf8" });
  return Number(/^packs: (\d+)$/m.exec(count)?.[1]);
}
