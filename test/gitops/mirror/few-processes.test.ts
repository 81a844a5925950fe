import { subscribe, unsubscribe } from "node:diagnostics_channel";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { openLocalMirror, openMirror } from "../../../src/gitops/mirror/git-mirror.ts";
import { gitRepository, temporaryDirectory } from "../git-repository.ts";

/** Counts the processes that this one starts from now on. */
function countProcesses(): () => number {
  let count = 0;
  const started = () => {
    count += 1;
  };
  subscribe("child_process", started);
  onTestFinished(() => void unsubscribe("child_process", started));
  return () => count;
}

test("files of many revisions come from one long-lived process, each blob once", async () => {
  const repository = gitRepository();
  const path = "apps/cart/values.yaml";
  const revisions = Array.from({ length: 12 }, (_, index) =>
    repository.commit({ [path]: `x: ${index % 3}`, other: `${index}` }),
  );
  const mirror = await openLocalMirror(repository.directory);
  onTestFinished(() => mirror.close());
  const count = countProcesses();
  const wanted = revisions.map((revision) => ({ revision, paths: [path, "absent", "apps"] }));
  const read = await mirror.readEach(wanted);
  expect(read.map((files) => [...files].map(([name, bytes]) => `${name} ${new TextDecoder().decode(bytes)}`))).toEqual(
    revisions.map((_, index) => [`${path} x: ${index % 3}`]),
  );
  expect(new Set(read.map((files) => files.get(path))).size).toBe(3);
  for (const revision of revisions) await mirror.read(revision, [path]);
  expect(count()).toBe(1);
});

test("where branches are is asked of that same process, again and again, as they move", async () => {
  const repository = gitRepository();
  repository.commit({ a: "1" });
  const mirror = await openLocalMirror(repository.directory);
  onTestFinished(() => mirror.close());
  const count = countProcesses();
  await mirror.head();
  for (const text of ["2", "3"]) {
    const before = count();
    const head = repository.commit({ a: text });
    const committing = count() - before;
    expect([await mirror.head(), await mirror.branchHead("main")]).toEqual([head, head]);
    expect(await mirror.branchHead("absent")).toBeUndefined();
    expect(count() - before).toBe(committing);
  }
  expect(await mirror.branchHead("main\nHEAD")).toBeUndefined();
});

test("whoever keeps asking for histories at a revision, or at one after it, is answered without a process", async () => {
  const repository = gitRepository();
  const change = (index: number) => repository.commit({ [`apps/${index % 4}/a.yaml`]: `x: ${index}` });
  const all = Array.from({ length: 10 }, (_, index) => change(index));
  const mirror = await openLocalMirror(repository.directory);
  onTestFinished(() => mirror.close());
  const count = countProcesses();
  /** Processes for the answers, which are those of a mirror that was never asked anything. */
  const ask = async (revision: string) => {
    let processes = 0;
    for (const path of ["apps/0/a.yaml", "apps/1", "apps", "absent"]) {
      const options = { paths: [path], since: 1_000, limit: 40 };
      const fresh = await openLocalMirror(repository.directory);
      const expected = await fresh.log(revision, options);
      await fresh.close();
      const before = count();
      expect(await mirror.log(revision, options)).toEqual(expected);
      processes += count() - before;
    }
    return processes;
  };
  const settles = async (revision: string) => {
    for (let round = 0; round < 20; round++) if ((await ask(revision)) === 0) return true;
    return false;
  };
  expect(await settles(all.at(-1) ?? "")).toBe(true);
  // An older commit of the branch is known, too.
  expect(await ask(all[4] ?? "")).toBe(0);
  expect(await settles(change(10))).toBe(true);
  // A branch that was rewritten has another past.
  repository.git("reset", "--hard", "--quiet", all[5] ?? "");
  expect(await settles(change(3))).toBe(true);
});

test("after a push only what differs is listed and read, whatever changed", async () => {
  const repository = gitRepository();
  const many = Object.fromEntries(Array.from({ length: 50 }, (_, index) => [`apps/${index}.yaml`, `x: ${index}`]));
  const revisions = [
    repository.commit(many),
    repository.commit({ "apps/7.yaml": "x: new" }),
    repository.commit({ "apps/7.yaml": undefined, "apps/0.yaml": "x: 1", "z.yaml": "z: 1", "a.yaml": "a: 1" }),
    repository.commit({ "a.yaml": undefined, "a.yaml/b.yaml": "b: 1", "README.md": "no" }),
  ];
  const mirror = await openLocalMirror(repository.directory);
  onTestFinished(() => mirror.close());
  const seen: string[][] = [];
  for (const revision of revisions) {
    const fresh: string[] = [];
    const files = await mirror.files(revision, ({ path }) => fresh.push(path));
    seen.push(fresh.sort());
    const alone = await openLocalMirror(repository.directory);
    expect(files).toEqual(await alone.files(revision));
    await alone.close();
  }
  expect(seen.slice(1)).toEqual([["apps/7.yaml"], ["a.yaml", "apps/0.yaml", "z.yaml"], ["a.yaml/b.yaml"]]);
});

test("a mirror writes down which paths its commits touch", async () => {
  const remote = gitRepository();
  remote.commit({ "a.yaml": "x: 1" });
  const directory = temporaryDirectory();
  const mirror = await openMirror({ directory, repository: "acme/shop", url: remote.url });
  await mirror.close();
  expect(existsSync(join(directory, "objects/info/commit-graphs/commit-graph-chain"))).toBe(true);
});
