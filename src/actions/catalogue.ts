/** The closed catalogue: what Remit can do at all. A new action is one file, and one line here. */
import type { ActionName } from "./candidate.ts";
import { rollback } from "./rollback.ts";

export const actions = {
  rollback,
} as const satisfies Readonly<Record<ActionName, unknown>>;

/** Names that a policy may grant. */
export const actionNames: readonly string[] = Object.keys(actions);
