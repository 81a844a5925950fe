import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { beforeAll, expect, test } from "vitest";
import { GitRepository, ZERO_OID } from "../../../src/sandbox/github/git/git-repository.ts";
import { seedHistory } from "../../../src/sandbox/github/git/seed-history.ts";
import { nodeId, parseNodeId } from "../../../src/sandbox/github/world/node-id.ts";

let git: GitRepository;
beforeAll(async () => {
  git = await GitRepository.create(join(await mkdtemp(join(tmpdir(), "git-")), "shop.git"));
});

const who = { name: "Bob", email: "bob@example.com", at: Date.UTC(2026, 10, 20) };
const segment = fc
  .string({ unit: "binary", minLength: 1, maxLength: 8 })
  .filter((text) => !/[\0/]/.test(text) && ![".", ".."].includes(text) && !/git/i.test(text) && text.isWellFormed());
const path = fc.array(segment, { minLength: 1, maxLength: 3 }).map((parts) => parts.join("/"));

test("any file under any name is read back byte for byte, and is the only change", async () => {
  const base = await git.writeTree(undefined, [{ path: "other.yaml", content: "o: 1\n" }]);
  await fc.assert(
    fc.asyncProperty(path, fc.uint8Array({ maxLength: 64 }), async (name, content) => {
      const tree = await git.writeTree(base, [{ path: name, content }]);
      const entries = await git.readTree(tree, { recursive: true });
      const written = entries.find((entry) => entry.path === name);
      expect(written?.mode).toBe("100644");
      expect((await git.readBlob(written?.oid ?? "")).equals(content)).toBe(true);
      expect(entries.map((entry) => entry.path).sort()).toEqual([...new Set([name, "other.yaml"])].sort());
      const changes = await git.diff(base, tree);
      expect(changes.map((change) => change.path)).toEqual([name]);
    }),
    { numRuns: 15 },
  );
});

test("a history is seeded with any names, texts and messages, as given", async () => {
  await fc.assert(
    fc.asyncProperty(path, fc.string(), fc.string({ minLength: 1 }), async (name, text, message) => {
      const ref = `refs/heads/seeded`;
      const readable = message.replaceAll("\0", "").trim() || "x";
      await seedHistory(git, ref, [
        { author: who, message: "Begin", files: { "gone.txt": "x" } },
        { author: who, message: readable, files: { [name]: text, "gone.txt": null } },
      ]);
      const head = (await git.readRef(ref)) ?? "";
      expect(await git.commit(head)).toMatchObject({ message: readable, author: who, committer: who });
      const [entry, ...others] = await git.readTree(head, { recursive: true });
      expect([entry?.path, others]).toEqual([name, []]);
      expect((await git.readBlob(entry?.oid ?? "")).toString()).toBe(text);
      await git.updateRef(ref, ZERO_OID, head);
    }),
    { numRuns: 15 },
  );
});

test("a ref moves only from where it was", async () => {
  const tree = await git.writeTree(undefined, []);
  const commit = (message: string) => git.writeCommit({ tree, parents: [], message, author: who, committer: who });
  const [one, two] = [await commit("one"), await commit("two")];
  const ref = "refs/heads/moving";
  expect(await git.updateRef(ref, one, two)).toBe(false);
  expect(await git.updateRef(ref, one, ZERO_OID)).toBe(true);
  expect(await git.updateRef(ref, two, ZERO_OID)).toBe(false);
  expect(await git.updateRef("refs/heads/moving/below", two, ZERO_OID)).toBe(false);
  expect(await git.updateRef(ref, two, one)).toBe(true);
  expect(await git.updateRef(ref, ZERO_OID, one)).toBe(false);
  expect(await git.readRef(ref)).toBe(two);
  expect(await git.readRef("HEAD")).toBe(undefined);
});

test("a diff tells renames, removals and binary files", async () => {
  const text = Array.from({ length: 20 }, (_, index) => `line ${index}\n`).join("");
  const from = await git.writeTree(undefined, [
    { path: "a.txt", content: text },
    { path: "b.txt", content: "b\n" },
  ]);
  const to = await git.writeTree(undefined, [
    { path: "moved.txt", content: `${text}diff --git a/x b/x\n` },
    { path: "c.bin", content: Uint8Array.of(0, 1, 2) },
  ]);
  expect(await git.diff(from, to)).toMatchObject([
    { path: "b.txt", status: "removed", additions: 0, deletions: 1, patch: "@@ -1 +0,0 @@\n-b" },
    { path: "c.bin", status: "added", patch: undefined },
    {
      path: "moved.txt",
      previousPath: "a.txt",
      status: "renamed",
      additions: 1,
      patch: expect.stringContaining("+diff --git"),
    },
  ]);
});

test("a node's id is opaque, and stands for one thing", () => {
  fc.assert(
    fc.property(fc.constantFrom("pull", "ref", "commit", "checkRun"), fc.string({ minLength: 1 }), (kind, key) => {
      fc.pre(key.isWellFormed());
      const id = nodeId(kind, key);
      expect(id).toMatch(/^[A-Z]+_[\w-]+$/);
      expect(parseNodeId(id)).toEqual({ kind, key });
    }),
  );
  fc.assert(fc.property(fc.string(), (text) => parseNodeId(text) === undefined));
});
