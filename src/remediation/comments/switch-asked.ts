/** `/remit stop` and `/remit start`, which mean the same wherever they are written. Pure. */

import { stopReason } from "../../authority/stop.ts";
import type { RepositoryView } from "../forge.ts";
import type { Obeyed } from "./obeyed.ts";
import { no, yes } from "./obeyed.ts";

export type Switches = Pick<RepositoryView, "stopFile" | "stopIssue">;

export function stopAsked(switches: Switches, environment: boolean): Obeyed {
  return stopReason({ ...switches, environment }) === undefined
    ? { ...yes("Remit only watches this repository until that is lifted."), effect: "open-stop" }
    : no("Remit only watches already.");
}

export function startAsked({ stopIssue, stopFile }: Switches, environment: boolean): Obeyed {
  const others = [
    ...(stopFile ? ["`.github/remit/STOP` stands on the default branch: a person has to remove it."] : []),
    ...(environment ? ["`REMIT_STOP` is set where Remit runs: whoever runs it has to unset it."] : []),
  ];
  if (stopIssue === undefined) return no(others.length === 0 ? "Remit isn't stopped." : others.join(" "));
  return { ...yes([`Issue #${stopIssue} is closed.`, ...others].join(" ")), effect: "close-stop" };
}
