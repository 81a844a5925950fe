import type { Instant } from "../../clock.ts";

/** `2026-11-20 10:00:00 UTC`. */
export function formatTime(at: Instant): string {
  return `${new Date(at).toISOString().slice(0, 19).replace("T", " ")} UTC`;
}
