import { describe, expect, test } from "vitest";
import { actionNames } from "../../src/actions/catalogue.ts";
import { parseRunbook } from "../../src/authority/runbooks/parse-runbook.ts";
import { parseRunbookTest } from "../../src/authority/runbooks/parse-runbook-test.ts";
import { anyRunbook } from "../authority/runbooks/any-runbook.ts";
import { anyRunbookTest } from "../authority/runbooks/any-runbook-test.ts";
import { agreesOnBroken, agreesOnGood, readSchema } from "./agreement.ts";

const runbookMistakes = (text: string) => parseRunbook(text, "runbook.yaml").mistakes;
const testMistakes = (text: string) => parseRunbookTest(text, "test.yaml").mistakes;

describe("the JSON Schema of runbooks", () => {
  test("both accept every runbook that is well formed", () => {
    agreesOnGood("runbook", runbookMistakes, anyRunbook);
  });

  test("whatever is done to a runbook, the parser and the schema agree about it", () => {
    agreesOnBroken("runbook", runbookMistakes, anyRunbook);
  });

  test("both know the same actions", () => {
    expect(readSchema("runbook").properties.spec.properties.steps.items.properties.action.enum).toEqual(actionNames);
  });
});

describe("the JSON Schema of runbook tests", () => {
  test("both accept every test that is well formed", () => {
    agreesOnGood("runbook-test", testMistakes, anyRunbookTest);
  });

  test("whatever is done to a test, the parser and the schema agree about it", () => {
    agreesOnBroken("runbook-test", testMistakes, anyRunbookTest);
  });
});
