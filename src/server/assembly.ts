/** Everything behind the HTTP face, put together: what `serve` runs. Made by `assemble`, closed by whoever made it. */
import type { Hono } from "hono";
import type { Clock, Instant } from "../clock.ts";
import type { Hold } from "../remediation/hold.ts";
import type { Log } from "../remediation/session.ts";
import type { Delivery, Store } from "../store/store.ts";
import type { SignInParts } from "./sign-in/sign-in-routes.ts";
import type { Standing } from "./standing.ts";
import type { WatchdogEnds } from "./watchdog/watchdog-ends.ts";

export interface Assembly {
  readonly store: Store;
  readonly clock: Clock;
  readonly log: Log;
  /** Turns a stored delivery into incidents and queued keys. Safe to repeat. Answers sentences for the log. */
  handleDelivery(delivery: Delivery): Promise<readonly string[]>;
  /** Does what is due for an incident; answers when to look again. Safe to repeat. */
  reconcile(key: string, hold: Hold): Promise<Instant | undefined>;
  /** Opens incidents for what was for a time only and is due to be taken back. Safe to repeat. */
  endLeases?(): Promise<void>;
  /** Requests to GitHub so far, and how many of them were retries. */
  spent?(): { readonly requests: number; readonly retries: number };
  /** How the repositories stand, for people. Asks nobody, and opens nothing that isn't open. */
  standing?(): Promise<Standing>;
  /** What the watchdog sees of the repositories, and where it tells. */
  readonly watchdog?: WatchdogEnds;
  /** Who may turn Remit's switch on the status page, and how; undefined: nobody. */
  readonly signIn?: Omit<SignInParts, "clock" | "log"> | undefined;
  /** Pages beside the webhooks, if there are any. Mounted at the root. */
  readonly pages?: Hono;
  close(): Promise<void>;
}
