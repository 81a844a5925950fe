import { describe, expect, test } from "vitest";
import { actionNames } from "../../src/actions/catalogue.ts";
import { parseAuthority } from "../../src/authority/parse-authority.ts";
import { anyAuthority } from "../authority/any-authority.ts";
import { agreesOnBroken, agreesOnGood, readPack, readSchema } from "./agreement.ts";

const mistakesOf = (text: string) => {
  const { authority, mistakes } = parseAuthority(text, "authority.yaml");
  expect(authority === undefined).toBe(mistakes.length > 0);
  return mistakes;
};

describe("the JSON Schema of authority", () => {
  test("both accept every policy that is well formed", () => {
    agreesOnGood("authority", mistakesOf, anyAuthority);
  });

  test("whatever is done to a policy, the parser and the schema agree about it", () => {
    agreesOnBroken("authority", mistakesOf, anyAuthority);
  });

  test("both know the same actions", () => {
    expect(readSchema("authority").definitions.actions.anyOf[1].items.enum).toEqual(actionNames);
  });
});

describe("the default pack", () => {
  test("it is free of mistakes, and grants no more than to observe", () => {
    const { authority, mistakes } = parseAuthority(readPack("authority.yaml"), "authority.yaml");
    expect(mistakes).toEqual([]);
    expect(authority?.grants.map(({ tier }) => tier)).toEqual(["observe"]);
  });

  test("its examples are free of mistakes once they are uncommented", () => {
    const examples = readPack("authority.yaml")
      .split("\n")
      .map((line) => line.replace(/^( *)# ( *(?:- )?[a-z]+:(?: .*)?)$/i, "$1$2"))
      .filter((line) => !/^ *#/.test(line))
      .join("\n");
    const { authority, mistakes } = parseAuthority(examples, "authority.yaml");
    expect(mistakes).toEqual([]);
    expect(authority?.grants.map(({ tier }) => tier)).toEqual(["observe", "suggest", "propose", "delay"]);
    expect(authority?.barriers).toHaveLength(1);
    expect(authority?.freeze).toHaveLength(1);
  });
});
