import { expect, test } from "vitest";
import { isAsStrict, parseRate } from "../../src/authority/rate.ts";

test.each([
  ["2/24h", { count: 2, windowMs: 86_400_000 }],
  ["999/7d", { count: 999, windowMs: 604_800_000 }],
  ["10/90s", { count: 10, windowMs: 90_000 }],
])("the rate %j is %j", (text, rate) => {
  expect(parseRate(text)).toEqual(rate);
});

test.each([
  ...["0/24h", "02/24h", "1000/24h", "2/0s", "2/8d", "2", "/24h", "2/", "2/24h/3", " 2/24h", "2/24h\n", "-1/24h"],
])("%j is no rate", (text) => {
  expect(parseRate(text)).toBeUndefined();
});

test.each([
  [{ count: 2, windowMs: 10 }, true],
  [{ count: 1, windowMs: 10 }, true],
  [{ count: 2, windowMs: 11 }, true],
  [{ count: 3, windowMs: 10 }, false],
  [{ count: 2, windowMs: 9 }, false],
  [{ count: 1, windowMs: 9 }, false],
  [{ count: 3, windowMs: 11 }, false],
])("%j is as strict as twice in ten: %s", (rate, strict) => {
  expect(isAsStrict(rate, { count: 2, windowMs: 10 })).toBe(strict);
});
