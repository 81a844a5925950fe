import { openTargets } from "../gitops/catalogue/open-targets.ts";
import { resolveTarget } from "../gitops/catalogue/resolve-target.ts";
import { correlate } from "../incidents/correlate.ts";
import type { Incident } from "../incidents/incident.ts";
import type { Reason } from "../reason.ts";
import type { AlertSignal, Signal } from "../signals/signal.ts";
import { type Target, targetName } from "../target.ts";
import { serviceTarget } from "./evidence.ts";
import type { RepositoryReader } from "./repository-reader.ts";

export interface FoundIncident {
  readonly incident: Incident;
  /** Targets of one service that the alerts left open. */
  readonly among: readonly Target[];
}

/** The incident that firing alerts make. All of them must speak of one target. */
export async function incidentFromAlerts(
  reader: RepositoryReader,
  revision: string,
  signals: readonly Signal[],
): Promise<FoundIncident | { readonly reason: Reason }> {
  const catalogue = await reader.catalogue(revision);
  let incident: Incident | undefined;
  let among: readonly Target[] = [];
  for (const alert of signals.filter(isFiringAlert)) {
    const resolution = resolveTarget(catalogue, alert.labels);
    const open = openTargets(catalogue, resolution, alert.labels);
    const service = serviceTarget(open);
    if (service === undefined) {
      const names = (resolution.outcome === "resolved" ? [] : resolution.candidates).map(targetName).join(", ");
      const code = resolution.outcome === "none" ? "target-not-found" : "target-ambiguous";
      return { reason: { code, message: `${resolution.why}${names === "" ? "" : `: ${names}`}` } };
    }
    const correlated = correlate(incident === undefined ? [] : [incident], alert, service).incident;
    if (incident !== undefined && correlated?.id !== incident.id) {
      return { reason: { code: "target-ambiguous", message: "the alerts speak of more than one target" } };
    }
    incident = correlated;
    among = among.length === 0 || open.length < among.length ? open : among;
  }
  if (incident !== undefined) return { incident, among };
  return { reason: { code: "labels-insufficient", message: "there is no firing alert" } };
}

function isFiringAlert(signal: Signal): signal is AlertSignal {
  return signal.kind === "alert" && signal.status === "firing";
}
