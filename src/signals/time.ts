/** RFC 3339 times as sources write them, with any number of fractional digits. */
import { z } from "zod";
import type { Instant } from "../clock.ts";

const shape = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,12})?(?:Z|[+-]\d\d:\d\d)$/;

/** Parses to an Instant; digits below the millisecond are cut. */
export const time = z.string().transform((text, context): Instant => {
  const instant = shape.test(text) ? Date.parse(text) : Number.NaN;
  if (!Number.isNaN(instant)) return instant;
  context.addIssue({ code: "custom", message: "expected an RFC 3339 time" });
  return z.NEVER;
});
