import { expect, test } from "vitest";
import { type BreakerInput, breakerOperands } from "../../src/authority/breaker-operands.ts";
import { changeStates } from "../../src/authority/change-states.ts";
import { breaker } from "../../src/authority/defaults.ts";
import { candidate, hour, incident, minute, now, record } from "./decision.ts";

const asked = (change: Partial<BreakerInput>) => {
  const input = {
    candidate: candidate(),
    records: [],
    incident: incident(),
    kind: "fix",
    now,
    runbooks: ["a"],
  } as const;
  const [flipFlop, failed] = breakerOperands({ ...input, ...change });
  return { flipFlop, failed };
};

/** Remit went the other way. */
const away = (ago: number, id = "another") =>
  record(ago, { incident: id, change: { from: changeStates(candidate()).to, to: "0" } });

test("what Remit moved away from within a day is locked, and it says how long ago the newest of it was", () => {
  expect(asked({ records: [away(3 * hour), away(10 * minute)] }).flipFlop).toEqual({
    name: "flip-flop",
    tier: "suggest",
    reason: {
      code: "flip-flop",
      message: "Remit itself moved away from this state 10 minutes ago: it doesn't go back by itself",
    },
  });
  expect(asked({ records: [away(24 * hour)] }).flipFlop?.tier).toBe("merge");
});

test("only an undo of this very incident goes back", () => {
  const own = [away(minute, incident().id)];
  expect(asked({ kind: "undo", records: own }).flipFlop?.tier).toBe("merge");
  expect(asked({ kind: "fix", records: own }).flipFlop?.tier).toBe("suggest");
  expect(asked({ kind: "undo", records: [away(minute)] }).flipFlop?.tier).toBe("suggest");
  expect(asked({ kind: "undo", records: own, incident: undefined }).flipFlop?.tier).toBe("suggest");
});

const undone = (ago: number, runbook = "a") => record(ago, { action: "undo", runbook });

test("two fixes of a runbook that didn't help within a day open the breaker, its bounds included", () => {
  expect(asked({ records: [undone(hour), undone(hour + breaker.windowMs)] }).failed).toEqual({
    name: "breaker",
    tier: "propose",
    reason: expect.objectContaining({ code: "verification-breaker" }),
  });
  expect(asked({ records: [undone(hour), undone(hour + 1 + breaker.windowMs)] }).failed?.tier).toBe("merge");
  expect(asked({ records: [undone(hour)] }).failed?.tier).toBe("merge");
});

test("it counts what a runbook did together with another, and closes at the moment of a commit to the policy", () => {
  const records = [undone(2 * hour, "a+b"), undone(hour, "b+a")];
  expect(asked({ records }).failed?.tier).toBe("propose");
  expect(asked({ records, runbooks: ["c"] }).failed?.tier).toBe("merge");
  expect(asked({ records, rearmedAt: now - 2 * hour }).failed?.tier).toBe("merge");
  expect(asked({ records, rearmedAt: now - 2 * hour - 1 }).failed?.tier).toBe("propose");
});
