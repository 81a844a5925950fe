import { expect, test } from "vitest";
import { decide } from "../../src/authority/decide.ts";
import { pullsOperand } from "../../src/authority/pulls-operand.ts";
import { decideInput } from "./decision.ts";

const storm = (changesUnderWay: number) => ({ sickServices: 1, knownServices: 500, changesUnderWay });

test("field note S26: with five changes under way, a sixth only waits, and says so", () => {
  expect(decide(decideInput({ storm: storm(4) })).tier).toBe("merge");
  const { tier, operands } = decide(decideInput({ storm: storm(5) }));
  expect(tier).toBe("suggest");
  expect(operands.filter((operand) => operand.tier === tier).map(({ reason }) => reason.code)).toEqual(["pulls-full"]);
});

test("an undo is one more pull request to read, so it isn't begun beside five others", () => {
  expect(decide(decideInput({ kind: "undo", storm: storm(4) })).tier).toBe("merge");
  expect(decide(decideInput({ kind: "undo", storm: storm(5) })).tier).toBe("suggest");
});

test("changes that can't be counted leave no place", () => {
  expect(decide(decideInput({ storm: "unreadable" })).tier).toBe("suggest");
  expect(decide(decideInput({ kind: "undo", storm: "unreadable" })).tier).toBe("suggest");
});

test("each answer says what was counted, and where nothing could be, nothing is begun", () => {
  const told = (tier: string, code: string, message: string) => ({ name: "pulls", tier, reason: { code, message } });
  expect(pullsOperand(storm(4), "fix")).toEqual(
    told("merge", "within-limits", "4 of 5 changes under way in this repository"),
  );
  expect(pullsOperand(storm(4), "undo").tier).toBe("merge");
  expect(pullsOperand(storm(5), "undo")).toEqual(
    told("suggest", "pulls-full", "5 of 5 changes under way in this repository, so the undo is a person's to make"),
  );
  expect(pullsOperand(storm(5), "fix").reason.message).toBe(
    "5 of 5 changes under way in this repository, so this one waits",
  );
  expect(pullsOperand("unreadable", "fix")).toEqual(
    told("suggest", "limits-unreadable", "it couldn't be counted how many changes are under way"),
  );
});
