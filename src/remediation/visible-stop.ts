import { stopReason } from "../authority/stop.ts";
import type { Reason } from "../reason.ts";
import type { RepositoryView } from "./forge.ts";

/** Why Remit only watches, by what GitHub just said and by its own environment; undefined when no switch is on. */
export function visibleStop(view: RepositoryView, environment: boolean): Reason | undefined {
  return stopReason({ stopFile: view.stopFile, stopIssue: view.stopIssue, environment });
}
