/** What the watchdog finds, for Prometheus: found at the moment of the scrape. */
import { Gauge, type Registry } from "prom-client";
import { type Trouble, type TroubleKind, troubleKinds } from "../../remediation/watchdog/trouble.ts";
import type { Watchdog } from "./watchdog.ts";

export function addWatchdogGauges(registry: Registry, watchdog: Pick<Watchdog, "look" | "lookedAt">): void {
  const registers = [registry];
  new Gauge({
    name: "remit_watchdog_trouble",
    help: "1 for each thing that Remit needs and that is broken, by the source or repository that it concerns; 0 for each kind of which there is none.",
    labelNames: ["kind", "source", "repository"],
    registers,
    async collect() {
      const troubles = await watchdog.look();
      this.reset();
      for (const kind of troubleKinds) if (!isAmong(kind, troubles)) this.set({ kind }, 0);
      for (const { kind, source, repository } of troubles) {
        this.set(
          { kind, ...(source === undefined ? {} : { source }), ...(repository === undefined ? {} : { repository }) },
          1,
        );
      }
    },
  });
  new Gauge({
    name: "remit_watchdog_looked_timestamp_seconds",
    help: "When the watchdog last was through with a look; 0 where it hasn't been yet. Older than a few minutes: it hangs.",
    registers,
    collect() {
      this.set((watchdog.lookedAt() ?? 0) / 1000);
    },
  });
}

function isAmong(kind: TroubleKind, troubles: readonly Trouble[]): boolean {
  return troubles.some((trouble) => trouble.kind === kind);
}
