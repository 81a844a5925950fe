import { describe, expect, test } from "vitest";
import { diagnose } from "../../src/diagnosis/diagnose.ts";
import { diagnoseInput, history, id, type Step } from "./history.ts";

const bad: Step = { at: -10, set: { tag: "v1.5.0" } };

describe("a change that takes an earlier one back", () => {
  const past = (replicas: string, message?: string) =>
    history([
      { at: -2000, set: { replicas: "9" } },
      { at: -20, set: { tag: "v1.5.0" } },
      { at: -10, set: { replicas }, ...(message !== undefined && { message }) },
    ]);
  const firstOf = (history: ReturnType<typeof past>) => diagnose(diagnoseInput(history)).suspects[0]?.commit;
  const message = 'Revert "Deploy step 0"';

  test("is suspected less than another change", () => {
    const result = diagnose(diagnoseInput(past("3", message)));
    expect(result.suspects.map(({ commit }) => commit)).toEqual([id(1), id(2)]);
    expect(result.suspects[1]?.why).toContain("took an earlier change back");
  });

  test("is suspected like any other where only its message says so, or only its values", () => {
    expect(firstOf(past("4", message))).toBe(id(2));
    expect(firstOf(past("3"))).toBe(id(2));
    expect(firstOf(past("3", 'Revert "Revert "Deploy step 0""'))).toBe(id(2));
  });
});

describe("a change that somebody has taken back since the trouble began", () => {
  const since = (steps: readonly Step[], before = -20) =>
    diagnose(
      diagnoseInput(history([{ at: before, set: { replicas: "9" } }, { at: -10, set: { tag: "v1.5.0" } }, ...steps])),
    );
  const ids = ({ suspects }: ReturnType<typeof since>) => suspects.map(({ commit }) => commit);
  const back: Step = { at: 2, set: { tag: "v1.4.2" } };

  test("makes way for the next one, which is suspected no more than before", () => {
    expect(ids(since([]))).toEqual([id(1), id(0)]);
    expect(ids(since([back]))).toEqual([id(0)]);
    expect(since([back]).suspects[0]?.score).toBe(since([]).suspects[1]?.score);
  });

  test("stays where it is far likelier than all that is left", () => {
    expect(ids(since([back], -1200))).toEqual([id(1), id(0)]);
    expect(diagnose(diagnoseInput(history([bad, back]))).suspects).toHaveLength(1);
  });

  test("makes way though it was put forward again", () => {
    expect(ids(since([back, { at: 3, set: { tag: "v1.5.0" } }]))).toEqual([id(0)]);
  });

  test("isn't one whose values were only written over", () => {
    expect(ids(since([{ at: 2, set: { tag: "v1.5.1" } }]))).toEqual([id(1), id(0)]);
  });
});
