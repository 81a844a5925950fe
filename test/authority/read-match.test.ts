import { expect, test } from "vitest";
import { actionNames } from "../../src/actions/catalogue.ts";
import { grantOf, mistakesOf } from "./policy-text.ts";

const match = (text: string) => grantOf(`match: {${text}}`).match;
const mistakes = (text: string) => mistakesOf(`match: {${text}}`);
const any = { environments: ["*"], services: ["*"], namespaces: ["*"], actions: ["*"] };

test.each([
  ["services: [checkout, cart]", { services: ["checkout", "cart"] }],
  ["environments: [production]", { environments: ["production"] }],
  ["namespaces: [shop]", { namespaces: ["shop"] }],
  ["actions: [rollback, scale]", { actions: ["rollback", "scale"] }],
  ['services: ["*"]', {}],
  ['actions: ["*"]', {}],
  ["services: [x.y/z_1]", { services: ["x.y/z_1"] }],
])("{%s} selects as it says, and any where it says nothing", (text, selected) => {
  expect(match(text)).toEqual({ ...any, ...selected });
});

test.each(["environments", "services", "namespaces", "actions"])("%s is never empty", (key) => {
  expect(mistakes(`${key}: []`)).toMatchObject([{ message: `${key} is empty, and empty never means all` }]);
  expect(mistakes(`${key}: rollback`)).toMatchObject([{ message: `${key} isn't a list` }]);
  expect(mistakes(`${key}: [rollback, rollback]`)).toMatchObject([{ message: `${key} names something twice` }]);
  expect(mistakes(`${key}: ["*", rollback]`)).toMatchObject([
    { message: `${key} names * beside others`, expected: "either * alone, or names" },
  ]);
  expect(mistakes(`${key}: ["*", "*"]`)).toMatchObject([{ message: `${key} names * beside others` }]);
});

test.each(["check*", "*check", "a b", " a", "a ", "", "**"])("a name can't be %j", (name) => {
  expect(mistakes(`services: [${JSON.stringify(name)}]`)).toMatchObject([
    { message: `services can't be ${JSON.stringify(name)}`, expected: "an exact name, or * alone for any" },
  ]);
});

test("names that are wrong are told each, and as nothing else", () => {
  expect(mistakes('services: ["a*", "b*"]')).toHaveLength(2);
  expect(mistakes('services: ["*", "b*"]')).toHaveLength(1);
});

test("an action is one of the catalogue", () => {
  expect(mistakes("actions: [rolback]")).toMatchObject([
    { nearest: "rollback", expected: `one of ${[...actionNames, "*"].join(", ")}` },
  ]);
});

test("a match selects something, by keys that it knows", () => {
  expect(mistakes("")).toMatchObject([
    {
      message: "match selects nothing, and empty never means all",
      expected: "at least one of environments, services, namespaces, actions",
    },
  ]);
  expect(mistakes("services: [a], service: [b]")).toMatchObject([{ message: 'match has no key "service"' }]);
  expect(mistakesOf("match: all")).toMatchObject([{ message: "match isn't a mapping" }]);
  expect(mistakesOf("mode: enforce")).toMatchObject([{ message: "a grant lacks match" }]);
});
