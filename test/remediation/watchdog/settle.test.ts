import fc from "fast-check";
import { expect, it } from "vitest";
import { calmMs, type KnownTrouble, settle, told } from "../../../src/remediation/watchdog/settle.ts";
import type { Trouble } from "../../../src/remediation/watchdog/trouble.ts";

const minute = 60_000;
const silent: Trouble = { kind: "source-silent", source: "prom", repository: "acme/shop", since: 0 };
const stale: Trouble = { kind: "mirror-stale", repository: "acme/shop", since: 0, detail: "one" };

/** A look each minute; what is told after each. */
function play(looks: readonly (readonly Trouble[])[]): readonly (readonly Trouble[])[] {
  let known: readonly KnownTrouble[] = [];
  return looks.map((seen, index) => {
    known = settle(known, seen, index * minute);
    return told(known);
  });
}

it("what is seen once and gone is never told", () => {
  expect(play([[silent], [], [], []]).flat()).toEqual([]);
});

it("what lasts is told, and stays told until it was away for ten minutes", () => {
  const away = Array.from({ length: calmMs / minute + 1 }, () => []);
  const seen = play([[silent], [silent], [silent], ...away]);
  expect(seen.map((each) => each.length)).toEqual([0, 0, 1, ...away.slice(1).map(() => 1), 0]);
});

it("what changes about a trouble all the time changes nothing that is told", () => {
  const later = { ...stale, since: 500, detail: "another message" };
  expect(play([[stale], [later], [later], [later]])[3]).toEqual([stale]);
});

it("another permission that is missing is another trouble", () => {
  const lacks = (detail: string): Trouble => ({
    kind: "permission-missing",
    repository: "acme/shop",
    since: 0,
    detail,
  });
  const looks = [lacks("issues: write"), lacks("checks: write")];
  expect(play([looks, looks, looks])[2]).toHaveLength(2);
});

it("whatever comes and goes within ten minutes is told at most once", () => {
  fc.assert(
    fc.property(fc.array(fc.boolean(), { maxLength: 200 }), (seen) => {
      const counts = play(seen.map((isSeen) => (isSeen ? [silent] : []))).map((each) => each.length);
      for (const [index, count] of counts.entries()) {
        // It goes only when it was away for the whole time before.
        if (count === 0 && counts[index - 1] === 1) expect(seen.slice(index - 10, index + 1)).not.toContain(true);
      }
    }),
  );
});
