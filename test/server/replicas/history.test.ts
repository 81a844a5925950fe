import { expect, it } from "vitest";
import { type Event, undecided, violations } from "./history.ts";

const save = (at: number, token: string, version: number): Event => {
  return { type: "save", at, replica: token, target: "checkout", token, version, outcome: "ok" };
};
const act = (at: number, token: string, alert: string): Event => {
  return { type: "act", at, replica: token, target: "checkout", token, alert };
};
const hold = (type: "begin" | "end" | "lost", at: number, replica: string): Event => {
  return { type, at, replica, target: "checkout", token: replica };
};

it("a history in which nothing went wrong has no violations", () => {
  expect(
    violations([
      { type: "acknowledged", at: 1, alert: "a" },
      hold("begin", 2, "one"),
      save(3, "one", 2),
      hold("end", 4, "one"),
      hold("begin", 5, "two"),
      act(6, "two", "a"),
      save(7, "two", 3),
      hold("end", 8, "two"),
    ]),
  ).toEqual([]);
});

it.each<[string, readonly Event[], string]>([
  ["a lost alert", [{ type: "acknowledged", at: 1, alert: "a" }], "a was acknowledged and lost"],
  ["a doubled act", [act(1, "one", "a"), act(2, "one", "a")], "a was acted on twice"],
  ["one version saved twice", [save(1, "one", 2), save(2, "one", 2)], "checkout: version 2 was saved twice"],
  [
    "a save without the lease",
    [save(1, "one", 2), save(2, "two", 3), save(3, "one", 4)],
    "checkout: version 4 was saved after its lease had gone to another",
  ],
  [
    "an act without the lease",
    [act(1, "one", "a"), act(2, "two", "b"), act(3, "one", "c")],
    "checkout: somebody acted after the lease had gone to another",
  ],
  [
    "a target shared with one that kept its lease",
    [hold("begin", 1, "one"), hold("begin", 2, "two"), hold("end", 3, "one")],
    "checkout: two began while one was at work",
  ],
  ["a shared target", [hold("begin", 1, "one"), hold("begin", 2, "two")], "checkout: two began while one was at work"],
])("%s is found", (_, history, violation) => {
  expect(violations(history)).toEqual([violation]);
});

it("whoever stalled until its lease was gone learns it, and doesn't hold the target any more", () => {
  expect(violations([hold("begin", 1, "one"), hold("begin", 2, "two"), hold("lost", 3, "one")])).toEqual([]);
  const stalledFirst = [
    hold("begin", 1, "two"),
    hold("begin", 2, "one"),
    hold("lost", 3, "one"),
    hold("end", 4, "two"),
  ];
  expect(violations(stalledFirst)).toEqual([]);
});

it("whoever was killed or paused doesn't hold a target any more, but is fenced all the same", () => {
  const began = [hold("begin", 1, "one"), hold("begin", 3, "two")];
  expect(violations([...began, { type: "killed", at: 2, replica: "one" }])).toEqual([]);
  expect(
    violations([...began, { type: "paused", at: 2, replica: "one" }, save(4, "two", 2), save(5, "one", 3)]),
  ).toEqual([]);
  const late = [save(1, "one", 2), save(4, "two", 3), save(5, "one", 4)];
  expect(violations([...began, { type: "paused", at: 2, replica: "one" }, ...late])).toHaveLength(1);
});

it("a hold is undecided until it ended, was lost, or its holder was killed", () => {
  const began = [hold("begin", 1, "one"), hold("begin", 2, "two"), hold("begin", 3, "three")];
  expect(undecided([...began, hold("end", 4, "one"), { type: "killed", at: 5, replica: "three" }])).toEqual([began[1]]);
  expect(undecided([hold("begin", 2, "two"), hold("lost", 6, "two")])).toEqual([]);
});
