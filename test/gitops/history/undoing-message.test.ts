import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { undoingMessage } from "../../../src/gitops/history/undoing-message.ts";

const id = "0123456789abcdef0123456789abcdef01234567";

describe("what a message says that it undoes", () => {
  it.each([
    [`Revert "Deploy"\n\nThis reverts commit ${id}.`, [id], ["Deploy"], false],
    [`Revert "Deploy (#1)" (#2)`, [], ["Deploy (#1)"], false],
    [`revert ${id.slice(0, 8)}`, [id.slice(0, 8)], [], false],
    ["Roll back the checkout", [], [], false],
    ["rollback: cart", [], [], false],
    ["Rolling back", [], [], false],
    [`Revert "Revert "Deploy""`, [], [`Revert "Deploy"`], true],
    [`Revert "Revert "Revert "Deploy"""`, [], [`Revert "Revert "Deploy""`], false],
    [`Reapply "Deploy"\n\nThis reverts commit ${id}.`, [id], [], true],
  ])("%j", (message, commits, subjects, forward) => {
    expect(undoingMessage(message)).toEqual({ commits, subjects, forward });
  });

  it.each(["Deploy checkout", "Irreversible change", "Add a rollbackable thing", ""])(
    "%j undoes nothing",
    (message) => {
      expect(undoingMessage(message)).toBeUndefined();
    },
  );

  it("is a revert for an odd number of reverts, and puts forward again for an even one", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 8 }), (depth) => {
        const subject = `${'Revert "'.repeat(depth)}Deploy${'"'.repeat(depth)}`;
        expect(undoingMessage(subject)?.forward).toBe(depth % 2 === 0);
      }),
    );
  });

  it("reads any text in bounded time", () => {
    fc.assert(fc.property(fc.string({ unit: "binary" }), (text) => void undoingMessage(text)));
    for (const text of ['revert "'.repeat(20_000), "revert the commit ".repeat(20_000), "roll".repeat(50_000)])
      expect(() => undoingMessage(text)).not.toThrow();
  });
});
