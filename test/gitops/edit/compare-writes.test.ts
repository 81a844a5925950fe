import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compareWrites } from "../../../src/gitops/edit/compare-writes.ts";

const bytes = (text: string) => Buffer.from(text);
const before = new Map([
  ["a.yaml", bytes("a: 1\n")],
  ["b.yaml", bytes("b: 1\n")],
]);
const human = [{ path: "a.yaml", bytes: bytes("a: 0\n") }];

describe("a proposal", () => {
  it.each([
    ["the person's bytes", [["a.yaml", "a: 0\n"]], "exact"],
    [
      "the person's bytes and a file as it was",
      [
        ["a.yaml", "a: 0\n"],
        ["b.yaml", "b: 1\n"],
      ],
      "exact",
    ],
    ["other bytes in the person's file", [["a.yaml", "a: 2\n"]], "near"],
    ["a byte too few", [["a.yaml", "a: 0"]], "near"],
    ["another file", [["b.yaml", "b: 0\n"]], "wrong"],
    [
      "another file besides",
      [
        ["a.yaml", "a: 0\n"],
        ["b.yaml", "b: 0\n"],
      ],
      "wrong",
    ],
    ["nothing that changes anything", [["a.yaml", "a: 1\n"]], "wrong"],
  ] as const)("of %s", (_name, proposed, verdict) => {
    const written = proposed.map(([path = "", text = ""]) => ({ path, bytes: bytes(text) }));
    expect(compareWrites(written, human, before)).toBe(verdict);
  });

  it("that deletes a file is exact only where the person deleted it", () => {
    const gone = [{ path: "a.yaml", bytes: undefined }];
    expect(compareWrites(gone, gone, before)).toBe("exact");
    expect(compareWrites(gone, human, before)).toBe("near");
    expect(compareWrites([{ path: "a.yaml", bytes: bytes("") }], gone, before)).toBe("near");
  });

  it("is exact if and only if applying it gives what the person's commit gave", () => {
    const tree = fc.dictionary(fc.constantFrom("a", "b", "c"), fc.constantFrom("0", "1", "2"));
    fc.assert(
      fc.property(tree, tree, tree, (was, did, would) => {
        const paths = ["a", "b", "c"];
        const of = (files: Record<string, string>, path: string) =>
          files[path] === undefined ? undefined : bytes(files[path]);
        const changes = (to: Record<string, string>) =>
          paths.filter((path) => was[path] !== to[path]).map((path) => ({ path, bytes: of(to, path) }));
        fc.pre(changes(did).length > 0);
        const old = new Map(Object.entries(was).map(([path, text]) => [path, bytes(text)]));
        const equal = paths.every((path) => did[path] === would[path]);
        expect(compareWrites(changes(would), changes(did), old) === "exact").toBe(equal);
      }),
    );
  });
});
