import type { CheckName, CheckResult, Finding } from "./check.ts";

/** Of all that was found, what concerns the earliest record; what concerns none comes after. undefined: all is well. */
export function firstBad(results: readonly CheckResult[]): (Finding & { readonly name: CheckName }) | undefined {
  const all = results.flatMap(({ name, findings }) => findings.map((finding) => ({ ...finding, name })));
  const [first] = all.toSorted((a, b) => orderOf(a) - orderOf(b));
  return first;
}

function orderOf({ sequence }: Finding): number {
  return sequence ?? Number.POSITIVE_INFINITY;
}
