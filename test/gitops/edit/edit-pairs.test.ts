import { expect, test } from "vitest";
import type { EntryValue } from "../../../src/gitops/edit/edit.ts";
import { editEntries } from "../../../src/gitops/edit/edit-entries.ts";

const insert = (file: string, text: string, key: string, value: EntryValue) =>
  editEntries(file, text, [{ kind: "insert", document: 0, path: [key], value }]);
const remove = (file: string, text: string, key: string, before: string) =>
  editEntries(file, text, [{ kind: "remove", document: 0, path: [key], before }]);

test.each([
  [".env", "A=1\nTAG=v1 # pinned\n", "B", "x", "A=1\nTAG=v1 # pinned\nB=x\n"],
  [".env", "A=1", "B", 3, "A=1\nB=3"],
  ["prod.env", "A=1\r\n\r\n# end\r\n", "B", true, "A=1\r\nB=true\r\n\r\n# end\r\n"],
  ["prod.env", "export A='x y'\nexport C=z\n", "B", "1 2", "export A='x y'\nexport C=z\nexport B=\"1 2\"\n"],
  ["prod.env", "A='1'\nB='2'\n", "C", "3", "A='1'\nB='2'\nC='3'\n"],
  ["prod.env", 'A="1"\n', "B", "", 'A="1"\nB=""\n'],
  ["prod.env", "A=1\nB=2\nD=4\nE=5\nF=6\n", "C", "3", "A=1\nB=2\nC=3\nD=4\nE=5\nF=6\n"],
  ["prod.env", "B=1\nC=2\nD=4\nE=5\nF=6\n", "A", "0", "A=0\nB=1\nC=2\nD=4\nE=5\nF=6\n"],
  [".env", '# YAML\'s own way\nA: "1"\n', "B", "2", '# YAML\'s own way\nA: "1"\nB: "2"\n'],
  ["a.properties", "a = 1\nlist=a,\\\n b\n", "b.c", "two words", "a = 1\nb.c = two words\nlist=a,\\\n b\n"],
  ["a.properties", "a : 1\n", "b", "2", "a : 1\nb : 2\n"],
])("%s: %j gets a line, and loses it again", (file, text, key, value, expected) => {
  expect(insert(file, text, key, value)).toMatchObject({ outcome: "edited", text: expected });
  expect(remove(file, expected, key, String(value))).toMatchObject({ outcome: "edited", text });
});

test.each([
  ["", "A=1\n"],
  ["# nothing yet", "# nothing yet\nA=1"],
])("a file without keys, %j, gets its first", (text, expected) => {
  expect(insert(".env", text, "A", "1")).toMatchObject({ text: expected });
});

test.each([
  [".env", "TAG=v1\n", "TAG", "v1", "edit-duplicate-key"],
  [".env", "A=1\n", "B", "$x", "edit-unsupported"],
  [".env", "A=1\n", "B", "x\ny", "edit-unsupported"],
  [".env", "A=1\n", "B", "{{ x }}", "edit-template"],
  [".env", "A=1\n", "B C", "x", "edit-unsupported"],
  [".env", "A=1\n", "B", null, "edit-unsupported"],
  [".env", "A=1\n", "B", ["x"], "edit-unsupported"],
  [".env", 'A: "1"\n', "B", "$x", "edit-unsupported"],
  ["a.properties", "a=1\n", "b", " x", "edit-unsupported"],
  // Between the lines of a value nothing is a key.
  [".env", 'CERT="-----BEGIN\nA=1\n"\n', "B", "x", "edit-not-proved"],
  // A key that only the second reader sees.
  [".env", 'B="goes\non"\n', "B", "x", "edit-duplicate-key"],
])("%s: a line in %j is refused", (file, text, key, value, code) => {
  expect(insert(file, text, key, value)).toMatchObject({ outcome: "refused", reason: { code } });
});

test.each([
  [".env", "A=1\nB=2\n", "C", "1", "edit-not-found"],
  [".env", "A=1\nB=2\n", "A", "2", "value-drifted"],
  [".env", "A=1\nA=1\nB=2\n", "A", "1", "edit-duplicate-key"],
  [".env", "A=1\n", "A", "1", "edit-unsupported"],
  [".env", "A={{ x }}\nB=2\n", "A", "{{ x }}", "edit-template"],
  [".env", 'CERT="-----BEGIN\nA=1\n"\nB=2\n', "A", "1", "edit-not-proved"],
])("%s: a line of %j isn't taken away", (file, text, key, before, code) => {
  expect(remove(file, text, key, before)).toMatchObject({ outcome: "refused", reason: { code } });
});

test("a path below a key, and another document, don't exist", () => {
  for (const [document, path] of [
    [0, ["A", "B"]],
    [1, ["B"]],
    [0, [0]],
  ] as const)
    expect(editEntries(".env", "A=1\n", [{ kind: "insert", document, path, value: 1 }])).toMatchObject({
      reason: { code: "edit-not-found" },
    });
});
