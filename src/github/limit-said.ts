/** Was this answer, or this error, a limit? GraphQL tells of one with status 200. */
import { z } from "zod";
import type { Instant } from "../clock.ts";
import { faultSchema } from "./fault.ts";
import { isLimit, saidWait, speaksOfLimit } from "./rate-limit.ts";

const body = z
  .object({ errors: z.array(faultSchema).optional() })
  .optional()
  .catch(undefined);
const headers = z.record(z.string(), z.union([z.string(), z.number()]).optional());
const outcome = z.object({
  status: z.number().optional(),
  message: z.string().optional(),
  /** A response has these, an error has them in its response. */
  headers: headers.optional(),
  data: body,
  response: z.object({ headers, data: body }).optional(),
});

/** `ms`: how long GitHub asks to wait; undefined where it doesn't say. */
export function limitSaid(given: unknown, now: Instant): { readonly ms: number | undefined } | undefined {
  const parsed = outcome.safeParse(given instanceof Error ? { ...given, message: given.message } : given);
  if (!parsed.success) return undefined;
  const { status = 0, message = "", response } = parsed.data;
  const said = response?.headers ?? parsed.data.headers ?? {};
  const faults = (response?.data ?? parsed.data.data)?.errors ?? [];
  const limited =
    isLimit(status, message, said) ||
    faults.some((fault) => fault.type === "RATE_LIMITED" || speaksOfLimit(fault.message));
  return limited ? { ms: saidWait(said, now) } : undefined;
}
