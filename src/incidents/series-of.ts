import { digest } from "../digest.ts";
import type { IncidentAlert } from "./incident.ts";

/** Names a series by its source and fingerprint, whatever they hold. It has at most one active alert. */
export function seriesOf({ source, fingerprint }: Pick<IncidentAlert, "source" | "fingerprint">): string {
  return digest([source, fingerprint]);
}
