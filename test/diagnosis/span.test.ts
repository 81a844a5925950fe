import { expect, test } from "vitest";
import { span } from "../../src/diagnosis/span.ts";

test.each([
  [0, "0 seconds"],
  [1_000, "1 second"],
  [-5, "0 seconds"],
  [119_999, "119 seconds"],
  [120_000, "2 minutes"],
  [90 * 60_000, "90 minutes"],
  [36 * 60 * 60_000, "36 hours"],
  [10 * 24 * 60 * 60_000, "10 days"],
])("%i ms is told as %s", (ms, text) => {
  expect(span(ms)).toBe(text);
});
