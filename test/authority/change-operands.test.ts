import { expect, test } from "vitest";
import type { Change } from "../../src/authority/change.ts";
import { changeOperands } from "../../src/authority/change-operands.ts";
import { defaultLimits } from "../../src/authority/defaults.ts";
import { candidate, path } from "./decision.ts";

const asked = (files: Change["files"]) => {
  const [where, size] = changeOperands({ ...candidate(), files }, { ...defaultLimits, lines: 2 });
  return { where, size };
};
const secret = "apiVersion: v1\nkind: Secret\nmetadata: {name: a}\nstringData: {token: x}\n";

test("a line that changes is one line, whatever else is in the file", () => {
  const before = "a: 1\nb: 2\nc: 3\nd: 4\n";
  expect(asked([{ path, before, after: before.replace("3", "4") }]).size?.reason.message).toBe(
    "1 of 3 files, 1 of 2 lines and 1 of 1 targets",
  );
  expect(asked([{ path, before: undefined, after: "a: 1\nb: 2\nc: 3" }]).size).toEqual({
    name: "size",
    tier: "propose",
    reason: { code: "change-too-large", message: "1 of 3 files, 3 of 2 lines and 1 of 1 targets: more than granted" },
  });
});

test("a file that comes or goes may be written, one that holds secrets never, on either side", () => {
  expect(asked([{ path, before: undefined, after: "a: 1\n" }]).where?.tier).toBe("merge");
  expect(asked([{ path, before: "a: 1\n", after: undefined }]).where?.tier).toBe("merge");
  for (const change of [
    { before: secret, after: "a: 1\n" },
    { before: "a: 1\n", after: secret },
  ])
    expect(asked([{ path, ...change }]).where).toEqual({
      name: "path",
      tier: "observe",
      reason: { code: "path-denied", message: "Remit never writes a file that may hold secrets" },
    });
});

test.each([[[]], [[{ path, before: "a", after: "a" }]]])("a change of nothing is no change", (files) => {
  expect(asked(files).size).toEqual({
    name: "size",
    tier: "observe",
    reason: { code: "change-too-large", message: "the change is empty" },
  });
});
