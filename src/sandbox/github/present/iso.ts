/** An instant as GitHub writes it: whole seconds, UTC. */
import type { Instant } from "../../../clock.ts";

export function iso(at: Instant): string {
  return new Date(at).toISOString().replace(/\.\d{3}Z$/, "Z");
}
