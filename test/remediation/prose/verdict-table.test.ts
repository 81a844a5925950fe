import { expect, test } from "vitest";
import { verdictTable } from "../../../src/remediation/prose/verdict-table.ts";
import { verdict } from "../../support/situation.ts";

const operand = (name: "grant" | "mode", tier: "observe" | "merge") => ({
  name,
  tier,
  reason: { code: name, message: "why" },
});

test("a table of operands says what a mode keeps back, wherever it is shown", () => {
  const audit = verdict("observe", { operands: [operand("grant", "merge"), operand("mode", "observe")] });
  expect(verdictTable(audit).split("\n")[0]).toBe(
    "The lowest line decides: **observe**. If every grant were in mode enforce, it would be **merge**.",
  );
  expect(verdictTable(verdict("merge")).split("\n")[0]).toBe("The lowest line decides: **merge**.");
});
