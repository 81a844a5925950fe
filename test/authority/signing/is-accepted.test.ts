import { expect, test } from "vitest";
import { isAccepted } from "../../../src/authority/signing/is-accepted.ts";
import type { Tier } from "../../../src/authority/verdict.ts";
import { grant } from "../decision.ts";

/** Newest last, as people write histories: each a tier, and how many signed it. */
function accepted(threshold: number, ...told: readonly (readonly [Tier | "broken", number])[]): boolean {
  const stood = told.map(([tier, signed], index) => ({
    text: `${index}`,
    authority:
      tier === "broken"
        ? undefined
        : { name: "shop", version: index + 1, grants: [grant({ tier })], barriers: [], freeze: [] },
    signers: ["alice", "bob", "carol"].slice(0, signed),
  }));
  return isAccepted(stood.toReversed(), threshold);
}

test.each([
  [true, 2, [["merge", 2]]],
  [false, 2, [["observe", 1]]],
  [false, 1, [["observe", 0]]],
  [
    true,
    2,
    [
      ["merge", 2],
      ["propose", 1],
    ],
  ],
  [
    false,
    2,
    [
      ["propose", 2],
      ["merge", 1],
    ],
  ],
  [
    false,
    2,
    [
      ["merge", 2],
      ["propose", 0],
    ],
  ],
  // Lowered, and then not raised to what it once was.
  [
    false,
    2,
    [
      ["merge", 2],
      ["propose", 1],
      ["delay", 1],
    ],
  ],
  [
    true,
    2,
    [
      ["merge", 2],
      ["delay", 1],
      ["propose", 1],
    ],
  ],
  // What nobody signed, and what can't be read, never was in force: the one before it is what counts.
  [
    false,
    2,
    [
      ["propose", 2],
      ["merge", 0],
      ["delay", 1],
    ],
  ],
  [
    true,
    2,
    [
      ["merge", 2],
      ["broken", 2],
      ["delay", 1],
    ],
  ],
  [
    false,
    1,
    [
      ["merge", 1],
      ["broken", 1],
    ],
  ],
  // A threshold of nobody is one of somebody.
  [false, 0, [["merge", 0]]],
] as const)("it is %s by a threshold of %i that the last of %j is in force", (expected, threshold, told) => {
  expect(accepted(threshold, ...told)).toBe(expected);
});

test("where no policy stood, none is in force", () => {
  expect(isAccepted([], 1)).toBe(false);
});
