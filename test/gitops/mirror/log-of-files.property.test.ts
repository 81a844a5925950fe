import fc from "fast-check";
import { expect, onTestFinished, test } from "vitest";
import { openLocalMirror } from "../../../src/gitops/mirror/git-mirror.ts";
import { gitRepository } from "../git-repository.ts";

/** More commits in the directory than are looked through for some of its files. */
const commits = 230;
const files = ["a/b/c.yaml", "a/b/d.yaml", "a/b/e/f.yaml", "a/x.yaml", "y.yaml"];

test("the history of any files is that of commits which touch one of them, newest first, up to the limit", async () => {
  const repository = gitRepository();
  // The last files change seldom: to find them, the whole history counts.
  const every = [1, 3, 50, 7, 100];
  const touched = Array.from({ length: commits }, (_, index) =>
    files.filter((_, file) => index % (every[file] ?? 1) === 0),
  );
  const stream = touched.map((paths, index) => {
    const changes = paths.map((path) => `M 100644 inline ${path}\ndata ${`${index}`.length}\n${index}\n`).join("");
    return `commit refs/heads/main\ncommitter A <a@example.com> ${1_700_000_000 + index} +0000\ndata 0\n${changes}\n`;
  });
  repository.import(`${stream.join("")}done\n`);
  const mirror = await openLocalMirror(repository.directory);
  onTestFinished(() => mirror.close());
  const head = await mirror.head();
  const all = (await mirror.log(head, {})).toReversed();
  expect(all).toHaveLength(commits);
  await fc.assert(
    fc.asyncProperty(
      fc.uniqueArray(fc.constantFrom(...files), { minLength: 1 }),
      fc.option(fc.integer({ min: 0, max: 60 }), { nil: undefined }),
      fc.option(fc.integer({ min: 0, max: commits }), { nil: undefined }),
      async (paths, limit, sinceIndex) => {
        const since = sinceIndex === undefined ? undefined : (1_700_000_000 + sinceIndex) * 1000;
        const expected = all
          .filter(
            (commit, index) =>
              paths.some((path) => touched[index]?.includes(path)) && commit.committedAt >= (since ?? 0),
          )
          .toReversed()
          .slice(0, limit)
          .map(({ id }) => id);
        const options = { paths, ...(limit === undefined ? {} : { limit }), ...(since === undefined ? {} : { since }) };
        expect((await mirror.log(head, options)).map(({ id }) => id)).toEqual(expected);
      },
    ),
    { numRuns: 40 },
  );
});
