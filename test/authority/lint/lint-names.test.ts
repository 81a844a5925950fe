import { expect, test } from "vitest";
import { lint, shop, targetsNamed } from "./lint.ts";

test("a name that no target has is placed, and told with the nearest that there is", () => {
  const grants = ["{name: checkout, match: {services: [cart, chekout], environments: [production]}, tier: merge}"];
  expect(lint({ grants }, shop)).toEqual([
    {
      code: "name-unknown",
      severity: "error",
      file: "authority.yaml",
      line: 7,
      column: 49,
      what: 'grant checkout names the service "chekout"',
      why: "this repository has no such service, so this part of the grant grants nothing",
      mend: "did you mean checkout?",
    },
  ]);
  expect(lint({ grants }, undefined)).toEqual([]);
});

test("an environment under another common name is the nearest", () => {
  const grants = ["{name: all, match: {environments: [prd]}, tier: propose}"];
  expect(lint({ grants }, shop)).toMatchObject([{ code: "name-unknown", mend: "did you mean production?" }]);
});

test("where nothing is near, the map lists what there is", () => {
  const grants = ["{name: all, match: {namespaces: [payments]}, tier: propose}"];
  expect(lint({ grants }, targetsNamed("checkout/production/shop"))).toMatchObject([
    { code: "name-unknown", mend: "remit map lists the namespaces that there are" },
  ]);
});

test("windows and barriers are compared as well", () => {
  const more = [
    "  freeze:",
    '    - {kind: deny, schedule: "0 16 * * 5", duration: 1h, environments: [prodution]}',
    "  barriers:",
    '    - {services: [chekout], values: ["v1"], reason: leaks}',
    '    - {values: ["v2"], reason: holds for all}',
  ].join("\n");
  expect(lint({ more }, shop).map(({ line, what, mend }) => [line, what, mend])).toEqual([
    [8, 'a deny window names the environment "prodution"', "did you mean production?"],
    [10, 'a barrier names the service "chekout"', "did you mean checkout?"],
  ]);
});
