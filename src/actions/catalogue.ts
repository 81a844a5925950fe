/** The closed catalogue: what Remit can do at all. A new action is one file, and one line here. */
import type { Action } from "./action.ts";
import type { ActionName } from "./candidate.ts";
import { flag } from "./flag.ts";
import { resize } from "./resize.ts";
import { restart } from "./restart.ts";
import { rollbackAsAsked } from "./rollback-as-asked.ts";
import { scale } from "./scale.ts";
import { shift } from "./shift.ts";
import { suspend } from "./suspend.ts";

export const actions: Readonly<Record<ActionName, Action>> = {
  rollback: rollbackAsAsked,
  scale,
  resize,
  flag,
  shift,
  restart,
  suspend,
};

/** Names that a policy may grant. */
export const actionNames: readonly ActionName[] = Object.keys(actions).filter(isActionName);

function isActionName(name: string): name is ActionName {
  return Object.hasOwn(actions, name);
}
