import type { Instant } from "../../clock.ts";
import type { Incident } from "../../incidents/incident.ts";
import { targetName } from "../../target.ts";
import { clockReason } from "../clock-reason.ts";
import type { WrongClock } from "../forge.ts";
import { renderMarker } from "../marker.ts";
import type { Response } from "../response.ts";
import { alertLine } from "./alert-list.ts";
import { called } from "./called.ts";
import { formatTime } from "./format-time.ts";
import { reasonList } from "./reason-list.ts";
import { stopNotice } from "./stop-notice.ts";
import { suspectList } from "./suspect-list.ts";
import { inlineCode } from "./untrusted.ts";

export interface ClockCallInput {
  readonly incident: Incident;
  readonly response: Response;
  readonly wrong: WrongClock;
  /** In GitHub's time. */
  readonly since: Instant;
}

/** What the person who is called to a wrong clock needs. Said once per incident. */
export function clockCall({ incident, response, wrong, since }: ClockCallInput): string {
  return [
    renderMarker({ kind: "clock", incident: incident.id, version: 1 }),
    `**Remit needs a person: the clock of its machine is wrong, so it does nothing for ${inlineCode(targetName(incident.target))}.** ${alertLine(incident)}.`,
    ...called(response),
    "**Next step.** Set the clock of the machine that Remit runs on, and keep it with NTP: `timedatectl` shows how it stands, `timedatectl set-ntp true` or `chronyc makestep` sets it. Remit goes on by itself within minutes. Until then the incident is yours.",
    `### Why Remit waits\n\n${reasonList([clockReason(wrong)])}\n\nIt has been so since ${formatTime(since)} by GitHub's clock. Limits, cooldowns, freeze windows and veto windows can't be counted meanwhile. Times that Remit told since then are wrong by as much.`,
    `### Suspects considered\n\n${suspectList(response.plan?.suspects ?? [])}`,
    `### How to stop Remit\n\n${stopNotice}`,
  ]
    .join("\n\n")
    .concat("\n");
}
