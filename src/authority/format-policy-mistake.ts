import type { PolicyMistake } from "./policy-mistake.ts";

/** `authority.yaml:12:9: …; expected …; did you mean …?` */
export function formatPolicyMistake({ file, line, column, message, expected, nearest }: PolicyMistake): string {
  const wanted = expected === undefined ? "" : `; expected ${expected}`;
  return `${file}:${line}:${column}: ${message}${wanted}${nearest === undefined ? "" : `; did you mean ${nearest}?`}`;
}
