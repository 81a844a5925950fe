import { expect, test } from "vitest";
import { revertHabits } from "../../../src/gitops/history/revert-habits.ts";
import type { Commit } from "../../../src/gitops/mirror/mirror.ts";

const person = { name: "Ada", email: "ada@example.org" };
const program = { name: "renovate[bot]", email: "29139614+renovate[bot]@users.noreply.github.com" };
const flux = { name: "fluxcdbot", email: "flux@example.org" };

function commit(letter: string, message: string, author = person): Commit {
  const id = letter.repeat(40);
  return { id, parents: [], author, committer: author, authoredAt: 0, committedAt: 0, message, files: [] };
}

test("counts by author what later commits say that they revert, by id or by first line", () => {
  const habits = revertHabits([
    commit("9", "Revert 7777777: it broke"),
    commit("8", 'Revert "Bump cart (#12)" (#13)'),
    commit("7", "Raise the limit"),
    commit("6", "Bump cart (#12)", program),
    commit("5", "Bump mail (#11)", program),
    commit("4", "Say hello"),
    commit("3", "Set image", flux),
  ]);
  expect(habits).toEqual({
    program: { commits: 3, reverted: 1 },
    person: { commits: 4, reverted: 1 },
    programs: new Map([
      ["renovate[bot]", { commits: 2, reverted: 1 }],
      ["fluxcdbot", { commits: 1, reverted: 0 }],
    ]),
  });
});

test("a revert of a revert reverts nothing, and a commit counts once", () => {
  const habits = revertHabits([
    commit("9", 'Revert "Revert "Bump cart""\n\nThis reverts commit 8888888888888888888888888888888888888888.'),
    commit("8", 'Revert "Bump cart"\n\nThis reverts commit 6666666666666666666666666666666666666666.'),
    commit("6", "Bump cart", program),
  ]);
  expect(habits).toMatchObject({ program: { commits: 1, reverted: 1 }, person: { commits: 2, reverted: 0 } });
});

test("what isn't in the list counts for nobody", () => {
  const habits = revertHabits([commit("9", "This reverts commit 1234567."), commit("8", "Say hello")]);
  expect(habits.person).toEqual({ commits: 2, reverted: 0 });
});
