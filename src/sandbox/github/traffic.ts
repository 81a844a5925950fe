/** What was asked of the stand-in, and what of it was not as GitHub describes it. */
import type { Instant } from "../../clock.ts";

export interface LoggedRequest {
  readonly method: string;
  readonly path: string;
  /** REST operation id, or `mutation createRef,createPullRequest`. */
  readonly operation: string;
  /** 0: the connection was dropped. */
  readonly status: number;
  readonly at: Instant;
  /** Login, `app:remit` or `anonymous`. */
  readonly actor: string;
}

export class Traffic {
  /** API requests, oldest first. */
  readonly requests: LoggedRequest[] = [];
  /** Requests of git's own protocol, counted apart. */
  gitRequests = 0;
  readonly violations: string[] = [];

  violate(operation: string, method: string, path: string, problems: readonly string[]): void {
    for (const problem of problems) this.violations.push(`${operation} (${method} ${path}): ${problem}`);
  }
}
