/** What knows one kind of sender: how its payload is told from a repetition, and what it says. Pure. */
import type { Instant } from "../clock.ts";
import type { Signal } from "./signal.ts";

export interface Source {
  readonly type: string;
  /** The same for a repeated delivery, different for any news. Throws RemitError payload-invalid. */
  dedupeKey(body: unknown): string;
  /** Empty when it says nothing of use. Throws RemitError payload-invalid with the path of the wrong key. */
  parse(body: unknown, context: SourceContext): readonly Signal[];
}

/** From the configuration and the clock, never from the payload. */
export interface SourceContext {
  readonly source: string;
  /** `owner/name`. */
  readonly repository: string;
  readonly observedAt: Instant;
}
