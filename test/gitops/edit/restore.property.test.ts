import fc from "fast-check";
import { expect, test } from "vitest";
import { editScalars } from "../../../src/gitops/edit/edit-scalars.ts";
import { revertText } from "../../../src/gitops/edit/revert-text.ts";

/** Values that are written as they are. */
const value = fc.stringMatching(/^v[0-9]\.[0-9]{1,2}$/);
const line = fc.record({
  key: fc.integer({ min: 0, max: 999 }),
  value,
  comment: fc.constantFrom("", "  # why", " # {x}"),
});
const document = fc
  .record({
    lines: fc.uniqueArray(line, { minLength: 3, maxLength: 12, selector: ({ key }) => key }),
    end: fc.constantFrom("\n", "\r\n"),
    final: fc.boolean(),
  })
  .map(({ lines, end, final }) => ({
    keys: lines.map(({ key }) => `k${key}`),
    values: lines.map((each) => each.value),
    text: lines.map(({ key, value, comment }) => `k${key}: ${value}${comment}`).join(end) + (final ? end : ""),
  }));

function set(text: string, key: string, before: string, after: string): string {
  const result = editScalars(text, [{ document: 0, path: [key], before, after }]);
  if (result.outcome === "refused") throw new Error(result.reason.message);
  return result.text;
}

test("taking a value back as text gives the bytes that setting it back would, whatever changed further away since", () => {
  fc.assert(
    fc.property(document, value, value, fc.nat(), fc.nat(), ({ keys, values, text }, bad, later, one, other) => {
      const [at, elsewhere] = [one % keys.length, other % keys.length];
      fc.pre(values[at] !== bad && values[elsewhere] !== later && Math.abs(at - elsewhere) > 1);
      const [key, was] = [keys[at] ?? "", values[at] ?? ""];
      const changed = set(text, key, was, bad);
      expect(revertText({ before: text, after: changed }, changed)).toEqual({ outcome: "reverted", text });
      const now = set(changed, keys[elsewhere] ?? "", values[elsewhere] ?? "", later);
      const back = revertText({ before: text, after: changed }, now);
      expect(back).toEqual({ outcome: "reverted", text: set(now, key, bad, was) });
    }),
  );
});

test("a later change of the same line or the one beside it is refused, never guessed", () => {
  fc.assert(
    fc.property(document, value, value, fc.nat(), fc.boolean(), ({ keys, values, text }, bad, later, one, beside) => {
      const at = one % keys.length;
      const near = beside ? (at + 1 < keys.length ? at + 1 : at - 1) : at;
      const [key, was] = [keys[at] ?? "", values[at] ?? ""];
      const stands = near === at ? bad : (values[near] ?? "");
      fc.pre(was !== bad && stands !== later && later !== was);
      const changed = set(text, key, was, bad);
      const now = set(changed, keys[near] ?? "", stands, later);
      expect(revertText({ before: text, after: changed }, now)).toMatchObject({ outcome: "refused" });
    }),
  );
});
