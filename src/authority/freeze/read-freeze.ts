import type { Node } from "yaml";
import { parseDuration } from "../duration.ts";
import type { PolicyReader } from "../policy-reader.ts";
import { readSelectors, selectorNames } from "../read-match.ts";
import { cronSchedule, isTimeZone } from "./cron-schedule.ts";
import type { FreezeWindow } from "./freeze-window.ts";

const scheduleExpected = 'five cron fields in quotes, such as "0 16 * * 5"';

/** A window holds for everything unless it selects something. */
export function readFreeze(reader: PolicyReader, node: Node): FreezeWindow {
  const keys = {
    required: ["kind", "schedule", "duration"],
    optional: ["timeZone", ...selectorNames, "reason"],
  };
  const values = reader.mapping(node, "a freeze window", keys);
  const kind = values?.get("kind");
  const schedule = values?.get("schedule");
  const duration = values?.get("duration");
  const zone = values?.get("timeZone");
  const reason = values?.get("reason");
  const timeZone =
    zone &&
    reader.parsed(
      zone,
      "timeZone",
      (name) => (isTimeZone(name) ? name : undefined),
      "an IANA name, such as Europe/Amsterdam",
    );
  const isSchedule = (text: string) => (cronSchedule(text, "UTC") === undefined ? undefined : text);
  const durationMs =
    duration && reader.parsed(duration, "duration", parseDuration, "a duration of at most 7 days, such as 64h");
  if (durationMs === 0) reader.mistake(duration, "a window of no length never opens", "a duration such as 64h");
  return {
    kind: (kind && reader.word(kind, "kind", ["allow", "deny"])) ?? "deny",
    schedule: (schedule && reader.parsed(schedule, "schedule", isSchedule, scheduleExpected)) ?? "* * * * *",
    durationMs: durationMs ?? 0,
    timeZone: timeZone ?? "UTC",
    match: readSelectors(reader, values),
    reason: reason && reader.text(reason, "reason", /\S/, "a sentence"),
  };
}
