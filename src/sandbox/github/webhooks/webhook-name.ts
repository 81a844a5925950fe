/** The name under which GitHub's description lists an event: `pull-request-opened`, `push`. */
import type { WorldEvent } from "../world/world.ts";

export function webhookName(event: Pick<WorldEvent, "name" | "action">): string {
  const name = event.action === undefined ? event.name : `${event.name}-${event.action}`;
  return name.replaceAll("_", "-");
}
