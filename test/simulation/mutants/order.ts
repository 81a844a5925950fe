/** What repeats of deliveries decide, and must not. It breaks no promise in one world: two worlds end differently. */
import { overlay } from "../overlay.ts";
import { badRelease } from "../quiet-worlds.ts";
import type { Mutant } from "./mutant.ts";

const flapMs = 1_000;

export const suspectsFlaps: Mutant = {
  name: "takes a doubled notification for an alert that flaps, and leaves it alone",
  breaks: "I11",
  plant: () => {
    const heardAt = new Map<string, number>();
    let flaps = false;
    return {
      store: (store) => {
        const { inbox, incidents } = store;
        const accept: typeof inbox.accept = (delivery) => {
          const { body, receivedAt } = delivery;
          flaps ||= delivery.type === "alertmanager" && receivedAt - (heardAt.get(body) ?? 0) < flapMs;
          heardAt.set(body, receivedAt);
          return inbox.accept(delivery);
        };
        const get: typeof incidents.get = async (id) => {
          const record = await incidents.get(id);
          if (record === undefined || !flaps) return record;
          const alerts = record.incident.alerts.map((alert) => ({ ...alert, status: "resolved" as const }));
          return { ...record, incident: { ...record.incident, alerts } };
        };
        return overlay(store, { inbox: overlay(inbox, { accept }), incidents: overlay(incidents, { get }) });
      },
    };
  },
  world: badRelease({ calmAfter: 60 }),
};
