/** What may be left out of a question, and what that means. */
import { expect, test } from "vitest";
import { decide } from "../../src/authority/decide.ts";
import { decideInput } from "./decision.ts";

test("without runbooks the built-in one holds, as it does where there are none", () => {
  const none = decide(decideInput({ runbooks: { kind: "present", runbooks: [] } }));
  expect(decide(decideInput())).toEqual(none);
});

test("a stop switch without a reason is told as one", () => {
  expect(decide(decideInput({ stop: { active: true } })).operands).toContainEqual({
    name: "stop",
    tier: "observe",
    reason: { code: "stop-environment", message: "a stop switch is on" },
  });
});
