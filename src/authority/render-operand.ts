import type { Limits } from "./authority.ts";
import type { Change } from "./change.ts";
import type { Operand } from "./verdict.ts";

/** Nothing where the policy doesn't ask for it. What renderers show that isn't as declared is no candidate at all. */
export function renderOperands({ rendered }: Pick<Change, "rendered">, { rendering }: Limits): readonly Operand[] {
  if (rendering !== "required") return [];
  if (rendered?.kind === "rendered") {
    const by = rendered.by.length === 0 ? "applied as it is written" : `rendered by ${rendered.by.join(" and ")}`;
    return [{ name: "render", tier: "merge", reason: { code: "within-limits", message: `${by}, and as declared` } }];
  }
  const message = `it wasn't rendered: ${rendered?.why ?? "nobody looked"}`;
  return [{ name: "render", tier: "propose", reason: { code: "not-rendered", message } }];
}
