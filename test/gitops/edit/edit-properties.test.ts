import { expect, test } from "vitest";
import { editFile } from "../../../src/gitops/edit/edit-file.ts";

const edit = (file: string, text: string, key: string, before: string, after: string) =>
  editFile(file, text, [{ document: 0, path: [key], before, after }]);

test.each([
  [".env", "A=1\nTAG=v1 # pinned\n", "TAG", "v1", "v2", "A=1\nTAG=v2 # pinned\n"],
  ["prod.env", "export TAG='v 1'\r\n", "TAG", "v 1", "v 2", "export TAG='v 2'\r\n"],
  ["prod.env", 'TAG="v1"', "TAG", "v1", "v2", 'TAG="v2"'],
  [
    ".env",
    '# YAML\'s own way\nA: 1\nTAG: "v1" # pinned\n',
    "TAG",
    "v1",
    "v2",
    '# YAML\'s own way\nA: 1\nTAG: "v2" # pinned\n',
  ],
  ["prod.env", "TAG: v1\r\n", "TAG", "v1", "v2", "TAG: v2\r\n"],
  ["a.properties", "tag : v1\nlist=a,\\\n b\n", "tag", "v1", "two words", "tag : two words\nlist=a,\\\n b\n"],
])("%s: %j is edited in its place", (file, text, key, before, after, expected) => {
  expect(edit(file, text, key, before, after)).toMatchObject({ outcome: "edited", text: expected });
});

test.each([
  [".env", "TAG=v1\n", "TAG", "v0", "v2", "value-drifted"],
  [".env", "TAG=v1\n", "X", "v1", "v2", "edit-not-found"],
  [".env", "TAG=v1\nTAG=v1\n", "TAG", "v1", "v2", "edit-duplicate-key"],
  [".env", "TAG=v1\n", "TAG", "v1", "v 2", "edit-unsupported"],
  [".env", "TAG=v1\n", "TAG", "v1", "v2#x", "edit-unsupported"],
  [".env", "TAG='v1'\n", "TAG", "v1", "it's", "edit-unsupported"],
  // biome-ignore lint/suspicious/noTemplateCurlyInString: a variable of the file.
  [".env", "TAG=${BASE}\n", "TAG", "${BASE}", "v2", "edit-unsupported"],
  [".env", 'TAG: "v1"\n', "TAG", "v1", "$v2", "edit-unsupported"],
  [".env", 'TAG: "v1"\nTAG: "v1"\n', "TAG", "v1", "v2", "edit-duplicate-key"],
  // What may be a part of a longer value is no key.
  [".env", 'CERT="-----BEGIN\nTAG: v1\n"\n', "TAG", "v1", "v2", "edit-not-found"],
  [".env", "A=1\nTAG: v1\n", "TAG", "v1", "v2", "edit-not-found"],
  [".env", "TAG={{ tag }}\n", "TAG", "{{ tag }}", "v2", "edit-template"],
  ["a.properties", "tag=v1\n", "tag", "v1", " v2", "edit-unsupported"],
  ["a.properties", "tag=v1\n", "tag", "v1", "a\\b", "edit-unsupported"],
  // Without a separator the new value would grow the key.
  ["a.properties", "tag\nb=1\n", "tag", "", "x", "edit-unsupported"],
])("%s: %j is refused", (file, text, key, before, after, code) => {
  expect(edit(file, text, key, before, after)).toMatchObject({ outcome: "refused", reason: { code } });
});

test("two edits of one value are refused", () => {
  const twice = ["v2", "v3"].map((after) => ({ document: 0, path: ["TAG"], before: "v1", after }));
  expect(editFile(".env", "TAG=v1\n", twice)).toMatchObject({
    outcome: "refused",
    reason: { code: "edit-unsupported" },
  });
});
