/** What a command means where no open incident is discussed. Pure. */

import type { Instant } from "../../clock.ts";
import type { IncidentRecord } from "../../store/store.ts";
import type { Directive } from "../comments/directive.ts";
import { type Asker, no, type Obeyed, yes } from "../comments/obeyed.ts";
import { startAsked, stopAsked } from "../comments/switch-asked.ts";
import { whyRefused } from "../comments/why-refused.ts";
import type { RepositoryView } from "../forge.ts";
import { helpTable } from "../prose/help-table.ts";
import { openIncidents } from "../prose/open-incidents.ts";

export interface ThreadSituation {
  readonly now: Instant;
  readonly view: Pick<RepositoryView, "stopFile" | "stopIssue" | "wrongClock">;
  readonly stopEnvironment: boolean;
  /** Of the repository. */
  readonly open: readonly IncidentRecord[];
}

export function obeyOnThread(situation: ThreadSituation, directive: Directive, asker: Asker): Obeyed {
  const { now, view, stopEnvironment, open } = situation;
  const refusal = whyRefused(now, directive, asker);
  if (refusal !== undefined) return no(refusal);
  switch (directive.do) {
    case "status":
      return yes(openIncidents(open));
    case "help":
      return yes(helpTable());
    case "stop":
      return stopAsked(view, stopEnvironment);
    case "start":
      return startAsked(view, stopEnvironment);
    case "act":
      return view.wrongClock === undefined
        ? { ...yes(""), effect: "act" }
        : no("Nothing is decided while the clock of Remit's machine is wrong.");
    case "undo":
      return no("Say which change: `/remit undo COMMIT`, with one of Remit's commits on this branch.");
    default:
      return no("No open incident is discussed here. `/remit status` lists those that are.");
  }
}
