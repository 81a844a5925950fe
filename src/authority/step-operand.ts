/** How far one scaling or resizing may go, whoever asks for it. */
import type { FieldEffect } from "../actions/candidate.ts";
import { parseQuantity } from "../actions/quantity.ts";
import { readable } from "../diagnosis/readable.ts";
import type { Limits } from "./authority.ts";
import type { Operand } from "./verdict.ts";

/** Other actions go to values that stood there before, and are asked nothing. */
const stepping: ReadonlySet<string> = new Set(["scale", "resize"]);

export type Step = Pick<FieldEffect, "role" | "before" | "after">;

export function stepOperands(
  { action, effects = [] }: { readonly action: string; readonly effects?: readonly Step[] },
  limits: Limits,
): readonly Operand[] {
  if (!stepping.has(action)) return [];
  const far = effects.find((effect) => isTooFar(effect, limits));
  if (far === undefined) {
    const message = "no number goes further than granted";
    return [{ name: "step", tier: "merge", reason: { code: "within-limits", message } }];
  }
  const most = far.role === "replicas" ? limits.replicas : limits.resources;
  const message = `from ${readable(far.before)} to ${readable(far.after)} is more than the granted ${most} % at once`;
  return [{ name: "step", tier: "propose", reason: { code: "step-too-large", message } }];
}

/** Less isn't measured: fewer replicas are a risk of their own. */
function isTooFar({ role, before, after }: Step, limits: Limits): boolean {
  if (role !== "replicas" && role !== "resource") return false;
  const [old, fresh] = [amountOf(before), amountOf(after)];
  if (old === undefined || fresh === undefined) return true;
  if (role === "replicas") return fresh - old > Math.max(1, Math.floor((old * limits.replicas) / 100));
  // For what floating point adds.
  return fresh > old * (1 + limits.resources / 100) * (1 + 1e-9);
}

function amountOf(text: string): number | undefined {
  return text === "0" ? 0 : parseQuantity(text)?.amount;
}
