/** Checks a payload's shape at the edge. The error names the key that is wrong, and never repeats its value. */
import type { z } from "zod";
import { RemitError } from "../errors.ts";

/** Throws RemitError payload-invalid: `alerts[0].startsAt: expected an RFC 3339 time`. */
export function readPayload<T>(schema: z.ZodType<T>, body: unknown): T {
  const result = schema.safeParse(body, { reportInput: true });
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  const path = issue === undefined ? "" : pathText(issue.path);
  const message = issue === undefined ? "unexpected" : describe(issue);
  throw new RemitError("payload-invalid", `${path === "" ? "the payload" : path}: ${message}`, { audience: "user" });
}

/** Keys of a payload are untrusted: they are named only as far as the schema knows them. */
function pathText(path: readonly PropertyKey[]): string {
  return path
    .map((key) => (typeof key === "number" ? `[${key}]` : /^\w{1,40}$/.test(String(key)) ? `.${String(key)}` : ".?"))
    .join("")
    .replace(/^\./, "");
}

function describe(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case "invalid_type":
      return issue.input === undefined ? `missing, expected ${issue.expected}` : `expected ${issue.expected}`;
    case "invalid_value":
      return `expected one of ${issue.values.map(String).join(", ")}`;
    case "custom":
    case "invalid_format":
      return issue.message;
    default:
      return issue.code.replaceAll("_", " ");
  }
}
