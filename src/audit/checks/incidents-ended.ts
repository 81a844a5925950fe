import type { Check } from "../check.ts";
import { type ReadRecord, readable } from "../ledger.ts";

const day = 24 * 60 * 60_000;
/** An incident that nothing was recorded of for as long was forgotten. */
const youngMs = 7 * day;
/** Open incidents that are named. */
const named = 10;

export const incidentsEnded: Check = {
  name: "incidents-ended",
  title: "each incident was closed, or something was recorded of it in the last seven days",
  run({ ledger, now }, seen) {
    const last = new Map<string, ReadRecord>();
    const closed = new Set<string>();
    for (const stored of readable(ledger)) {
      const { incident, kind } = stored.record;
      if (incident === undefined) continue;
      last.set(incident.id, stored);
      if (kind === "closed") closed.add(incident.id);
    }
    const open = [...last].filter(([id]) => !closed.has(id));
    const forgotten = open.filter(([, { record }]) => now - Date.parse(record.time) > youngMs);
    for (const [id, stored] of last) {
      const isForgotten = forgotten.some(([each]) => each === id);
      seen.record(
        stored,
        isForgotten ? `nothing was recorded of incident ${id} since, and it was never closed` : undefined,
      );
    }
    const young = open.length - forgotten.length;
    if (young === 0) return;
    const ids = open.filter((each) => !forgotten.includes(each)).map(([id]) => id);
    const more = young > named ? `, and ${young - named} more` : "";
    seen.note(`open now: ${ids.slice(0, named).join(", ")}${more}`);
  },
};
