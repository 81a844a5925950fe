import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openLocalMirror } from "../../../src/gitops/mirror/git-mirror.ts";
import type { GitObjects } from "../../../src/sandbox/github/git/git-objects.ts";
import { GitRepository } from "../../../src/sandbox/github/git/git-repository.ts";
import { MemoryMirror } from "./memory-mirror.ts";
import { MemoryRepository } from "./memory-repository.ts";

const line = fc.constantFrom("a: 1\n", "b: 2\n", "c: 3\n", "ø: 4\n", "");
const text = fc.array(line, { minLength: 1, maxLength: 8 }).map((lines) => lines.join(""));
const path = fc.constantFrom("a.yaml", "apps/a.yaml", "apps/b/c.yaml", "apps.yaml", "apps-x/d.yaml", "apps/b.yaml");
const files = fc.dictionary(path, fc.option(text), { minKeys: 1, maxKeys: 4 });
const history = fc.record({
  first: files,
  ours: fc.array(files, { minLength: 1, maxLength: 3 }),
  theirs: fc.array(files, { minLength: 1, maxLength: 2 }),
});

const at = Date.parse("2026-11-20T10:00:00Z");

/** The ids of everything that is written, in order. */
async function write(git: GitObjects, { first, ours, theirs }: History): Promise<string[]> {
  const [base = ""] = await chain(git, undefined, [first]);
  const mine = await chain(git, base, ours);
  const yours = await chain(git, base, theirs);
  await git.setRef("refs/heads/main", mine.at(-1) ?? base);
  await git.setRef("refs/heads/other", yours.at(-1) ?? base);
  return [base, ...mine, ...yours];
}

interface History {
  readonly first: Record<string, string | null>;
  readonly ours: readonly Record<string, string | null>[];
  readonly theirs: readonly Record<string, string | null>[];
}

async function chain(
  git: GitObjects,
  from: string | undefined,
  steps: readonly Record<string, string | null>[],
): Promise<string[]> {
  const made: string[] = [];
  let parent = from;
  for (const [index, step] of steps.entries()) {
    const present = new Set(
      parent === undefined ? [] : (await git.readTree(parent, { recursive: true })).map((e) => e.path),
    );
    const changes = Object.entries(step).flatMap(([name, content]) =>
      content === null ? (present.has(name) ? [{ path: name }] : []) : [{ path: name, content }],
    );
    const who = { name: "Ada ø", email: "ada@example.com", at: at + index * 1000 };
    parent = await git.writeCommit({
      tree: await git.writeTree(parent, changes),
      parents: parent === undefined ? [] : [parent],
      message: `Change ${index}\n\nRemit-Candidate: ${index}`,
      author: who,
      committer: { ...who, name: "Grace" },
    });
    made.push(parent);
  }
  return made;
}

describe("git in memory", () => {
  let directory = "";
  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), "remit-memory-"));
  });
  afterAll(() => rm(directory, { recursive: true, force: true }));

  it("gives every object git's own id, and merges, compares and tells history as git does", async () => {
    let count = 0;
    await fc.assert(
      fc.asyncProperty(history, async (made) => {
        count += 1;
        const real = await GitRepository.create(join(directory, `${count}.git`));
        const memory = new MemoryRepository();
        const ids = await write(real, made);
        expect(await write(memory, made)).toEqual(ids);
        const [main = "", other = ""] = [await real.readRef("refs/heads/main"), await real.readRef("refs/heads/other")];
        expect(await memory.mergeBase(main, other)).toBe(await real.mergeBase(main, other));
        expect(await memory.commitsBetween(other, main)).toEqual(await real.commitsBetween(other, main));
        const changed = async (git: GitObjects) =>
          (await git.diff(other, main)).filter(({ status }) => status !== "renamed").map(({ path: name }) => name);
        expect(await memory.readTree(main, { recursive: true })).toEqual(
          await real.readTree(main, { recursive: true }),
        );
        if (!(await real.diff(other, main)).some(({ status }) => status === "renamed")) {
          expect(await changed(memory)).toEqual(await changed(real));
        }
        const merged = await memory.mergeTrees(main, other);
        // Git is cleverer with moved and with equal lines; what merges in memory is what git makes of it.
        if (merged !== undefined) expect([merged, undefined]).toContain(await real.mergeTrees(main, other));
        await sameHistory(real, memory, main, other);
      }),
      { numRuns: 12 },
    );
  }, 120_000);
});

async function sameHistory(real: GitRepository, memory: MemoryRepository, main: string, other: string): Promise<void> {
  const theirs = await openLocalMirror(real.directory);
  const ours = new MemoryMirror("acme/shop", memory, new Map());
  await ours.fetch();
  try {
    for (const options of [
      {},
      { limit: 2 },
      { paths: ["apps"] },
      { paths: ["a.yaml", "apps/b.yaml"] },
      { containing: "Candidate: 1" },
    ]) {
      expect(await ours.log(main, options)).toEqual(await theirs.log(main, options));
    }
    expect(await ours.entries(main)).toEqual(await theirs.entries(main));
    expect(await ours.diff(other, main)).toEqual(await theirs.diff(other, main));
    expect(await ours.files(main)).toEqual(await theirs.files(main));
    expect(await ours.isAncestor(other, main)).toBe(await theirs.isAncestor(other, main));
  } finally {
    await theirs.close();
  }
}
