import { describe, expect, it } from "vitest";
import { mergedAsDecided } from "../../src/authority/merged-as-decided.ts";
import { candidate } from "../support/situation.ts";

const path = "apps/checkout/kustomization.yaml";
const before = "newTag: v1.5.0\n";
const after = "newTag: v1.4.2\n";
const made = candidate({ files: [{ path, before, after }] });
const plain = { path, modeAfter: "100644" };
const differs = { code: "merge-differs" };

describe("a merge is as decided", () => {
  it.each([
    ["when it makes the planned edit", [plain], { before, after }],
    ["when the file was so already, by somebody else", [], { before: after, after }],
    [
      "when others changed other lines of the file meanwhile",
      [plain],
      { before: `x: 1\n${before}`, after: `x: 1\n${after}` },
    ],
  ])("%s", (_, changed, text) => {
    expect(mergedAsDecided(made, changed, [{ path, ...text }])).toBeUndefined();
  });
});

describe("field note S17: a merge differs", () => {
  const other = { path: "apps/cart/kustomization.yaml", modeAfter: "100644" };
  it.each([
    ["when another file changes with it", [plain, other], { before, after }],
    ["when the value is another", [plain], { before, after: "newTag: v1.4.1\n" }],
    ["when more lines change", [plain], { before, after: `${after}replicas: 0\n` }],
    ["when the edit is gone", [], { before, after: before }],
    ["when the file is gone", [{ path, modeAfter: "000000" }], { before, after: undefined }],
    ["when the file has become executable", [{ path, modeAfter: "100755" }], { before, after }],
  ])("%s", (_, changed, text) => {
    expect(mergedAsDecided(made, changed, [{ path, ...text }])).toMatchObject(differs);
  });

  it("when a planned file isn't there to be read", () => {
    expect(mergedAsDecided(made, [plain], [])).toMatchObject(differs);
  });
});

it("a file that comes or goes is told by its modes", () => {
  const removed = candidate({ files: [{ path, before, after: undefined }] });
  expect(
    mergedAsDecided(removed, [{ path, modeAfter: "000000" }], [{ path, before, after: undefined }]),
  ).toBeUndefined();
  const added = candidate({ files: [{ path, before: undefined, after }] });
  expect(mergedAsDecided(added, [plain], [{ path, before: undefined, after }])).toBeUndefined();
  expect(mergedAsDecided(added, [plain], [{ path, before: "", after: "" }])).toMatchObject(differs);
});

it("others may have changed lines below it, too", () => {
  const text = { before: `${before}x: 1\n`, after: `${after}x: 1\n` };
  expect(mergedAsDecided(made, [plain], [{ path, ...text }])).toBeUndefined();
  expect(mergedAsDecided(made, [plain], [{ path, ...text, after: `${after}x: 2\n` }])).toMatchObject(differs);
});

it("each file is held to its own plan", () => {
  const second = { path: "apps/checkout/values.yaml", before: "a: 1\n", after: "a: 2\n" };
  const two = candidate({ files: [{ path, before, after }, second] });
  const changed = [plain, { ...plain, path: second.path }];
  expect(mergedAsDecided(two, changed, [second, { path, before, after }])).toBeUndefined();
  expect(
    mergedAsDecided(two, changed, [
      { ...second, after: "a: 3\n" },
      { path, before, after },
    ]),
  ).toMatchObject(differs);
});

it("what was to come was not there before, and what was to go is gone", () => {
  const added = candidate({ files: [{ path, before: undefined, after }] });
  expect(mergedAsDecided(added, [plain], [{ path, before: "x: 1\n", after: `x: 1\n${after}` }])).toMatchObject(differs);
  const removed = candidate({ files: [{ path, before, after: undefined }] });
  const gone = { path, modeAfter: "000000" };
  expect(mergedAsDecided(removed, [gone], [{ path, before: `x: 1\n${before}`, after: "x: 1\n" }])).toMatchObject(
    differs,
  );
});
