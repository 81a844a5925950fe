import { expect, test } from "vitest";
import { meaning } from "../../../src/authority/diff/meaning.ts";

test("a code is told with what it means, and with its file", () => {
  expect(meaning("file-added", "a.yaml")).toBe("a file is added (a.yaml)");
});

test("a code that means nothing here is told as it is", () => {
  expect(meaning("recovered", "a.yaml")).toBe("recovered (a.yaml)");
});
