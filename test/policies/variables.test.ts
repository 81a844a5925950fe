import { describe, expect, test } from "vitest";
import { conditionVariables } from "../../src/authority/conditions/condition-variables.ts";
import { readPack } from "./agreement.ts";

const rows = Object.entries(conditionVariables).flatMap(([name, fields]) =>
  Object.entries(fields).map(([field, { type, meaning }]) => [`${name}.${field}`, type, meaning] as const),
);

describe("policies/README.md", () => {
  test.each(rows)("tells what %s is, in the words of the code", (name, type, meaning) => {
    const shown = type === "google.protobuf.Timestamp" ? "timestamp" : type;
    expect(readPack("README.md")).toContain(`| \`${name}\` | ${shown} | ${meaning} |`);
  });

  test("it lists no variable that doesn't exist", () => {
    const listed = [
      ...readPack("README.md").matchAll(/^\| `([a-z]+\.[a-zA-Z]+)` \| (?:int|double|bool|string|timestamp) \|/gm),
    ];
    expect(listed.map(([, name]) => name)).toEqual(rows.map(([name]) => name));
  });
});
