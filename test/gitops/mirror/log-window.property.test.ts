import fc from "fast-check";
import { expect, test } from "vitest";
import { LogWindow } from "../../../src/gitops/mirror/log-window.ts";
import type { Commit, LogOptions } from "../../../src/gitops/mirror/mirror.ts";

const person = { name: "a", email: "a@example.com" };
const paths = ["a/b/c.yaml", "a/b/d.yaml", "a/b", "a/x.yaml", "y.yaml"];

/** Dates needn't be in order: clocks differ. */
const history = fc
  .array(fc.record({ at: fc.integer({ min: 0, max: 30 }), touched: fc.uniqueArray(fc.constantFrom(...paths)) }), {
    minLength: 1,
    maxLength: 30,
  })
  .map((made) =>
    made.map(({ at, touched }, index): Commit => {
      const files = touched.map((path) => ({ path, status: "modified", modeBefore: "1", modeAfter: "1" }) as const);
      const dates = { authoredAt: at, committedAt: at };
      return {
        id: `${index}`,
        parents: [`${index + 1}`],
        author: person,
        committer: person,
        message: "",
        files,
        ...dates,
      };
    }),
  );
const asked = fc.record({
  paths: fc.uniqueArray(fc.constantFrom(...paths, "a", "absent"), { minLength: 1 }),
  since: fc.option(fc.integer({ min: 0, max: 30 }), { nil: undefined }),
  limit: fc.option(fc.integer({ min: 0, max: 8 }), { nil: undefined }),
});

function asGit(commits: readonly Commit[], from: number, { paths: wanted = [], since = 0, limit }: LogOptions) {
  const found: Commit[] = [];
  for (const commit of commits.slice(from)) {
    if (commit.committedAt < since) break;
    const touches = commit.files.some(({ path }) => wanted.some((one) => path === one || path.startsWith(`${one}/`)));
    if (touches) found.push(commit);
  }
  return found.slice(0, limit);
}

test("a window tells what git tells, or that it can't, whatever part of the history it holds", () => {
  fc.assert(
    fc.property(
      history,
      fc.nat(30),
      fc.nat(30),
      fc.nat(30),
      asked,
      (all, from, reach, held, { since, limit, paths }) => {
        const options = { paths, ...(since === undefined ? {} : { since }), ...(limit === undefined ? {} : { limit }) };
        const start = from % all.length;
        const expected = asGit(all, start, options);
        const first = all.findIndex(({ committedAt }) => committedAt < reach);
        const whole = new LogWindow({ commits: first < 0 ? all : all.slice(0, first), since: reach });
        const cut = new LogWindow({ commits: all.slice(0, held), since: undefined });
        for (const window of [whole, cut])
          expect([undefined, expected]).toContainEqual(window.find(`${start}`, options));
        if (whole.has(`${start}`) && since !== undefined && since >= reach)
          expect(whole.find(`${start}`, options)).toEqual(expected);
        expect(whole.find("elsewhere", options)).toBeUndefined();
      },
    ),
    { numRuns: 500 },
  );
});
