import { readable } from "../../diagnosis/readable.ts";
import type { PlanAnswer } from "../plan-answer.ts";

/** In one line, for people: what rendered it and how much would change, or why nobody knows. Holds names from the repository. */
export function renderedWords({ rendered, effect }: Pick<PlanAnswer, "rendered" | "effect">): string | undefined {
  if (rendered === undefined) return undefined;
  if ("not" in rendered) return `Not rendered: ${rendered.not}`;
  const objects = new Set(effect.map(({ object }) => object)).size;
  const by = rendered.by.length === 0 ? "Applied as written" : `Rendered by ${rendered.by.join(" and ")}`;
  const others = new Set(effect.map(({ environment }) => environment).filter((name) => name !== undefined));
  const where = others.size === 0 ? "" : `, in ${[...others].map(readable).join(" and ")}, too`;
  return `${by}: ${counted(effect.length, "value")} of ${counted(objects, "object")} would change, as declared${where}`;
}

function counted(count: number, what: string): string {
  return count === 1 ? `1 ${what}` : `${count} ${what}s`;
}
