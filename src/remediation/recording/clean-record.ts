/** What people and programs wrote, fit for the ledger: without secrets, and in whole characters. */
import { redact } from "../../redact.ts";

/** The same value with every text in it cleaned; what is undefined is left out. */
export function cleanRecord(value: unknown): unknown {
  if (typeof value === "string") return redact(value).toWellFormed();
  if (Array.isArray(value)) return value.map(cleanRecord);
  if (value === null || typeof value !== "object") return value;
  const entries = Object.entries(value).filter(([, item]) => item !== undefined);
  return Object.fromEntries(entries.map(([key, item]) => [redact(key).toWellFormed(), cleanRecord(item)]));
}
