/** Labels and annotations: untrusted names and texts, without the one name that could reach a prototype. */
import { z } from "zod";

/** A plain object of strings. `__proto__` is dropped; a null or missing map is empty. */
export const textMap = z.unknown().transform((input, context): Readonly<Record<string, string>> => {
  if (input === null || input === undefined) return {};
  if (typeof input !== "object" || Array.isArray(input)) {
    context.addIssue({ code: "custom", message: "expected an object of strings" });
    return z.NEVER;
  }
  const entries: [string, string][] = [];
  for (const [name, text] of Object.entries(input)) {
    if (name === "__proto__") continue;
    if (typeof text !== "string") {
      context.addIssue({ code: "custom", path: [name], message: "expected a string" });
      return z.NEVER;
    }
    entries.push([name, text]);
  }
  return Object.fromEntries(entries);
});
