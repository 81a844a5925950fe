/** When Remit doesn't act without a person, with the semantics of Argo CD's sync windows. */
import type { Match } from "../authority.ts";

export interface FreezeWindow {
  /** `deny`: frozen while it is open. `allow`: frozen while no allow window that matches is open. */
  readonly kind: "allow" | "deny";
  /** Five cron fields: the moments when the window opens. */
  readonly schedule: string;
  /** How long it stays open, in elapsed milliseconds. */
  readonly durationMs: number;
  /** IANA name. */
  readonly timeZone: string;
  readonly match: Match;
  /** For people; undefined where the policy gives none. */
  readonly reason: string | undefined;
}
