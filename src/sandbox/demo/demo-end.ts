/** How the demo ended. */
import type { CommitState, Link } from "../page/page-state.ts";
import type { Finding } from "./verify-recovery.ts";

export interface DemoEnd {
  readonly recovered: boolean;
  /** Why not, as the end of a sentence; "" when it recovered. */
  readonly why: string;
  /** From the alert to the close, in seconds. */
  readonly seconds: number;
  /** GitHub API requests that Remit made from the alert to the close, as the stand-in counted them. */
  readonly requests: number;
  /** What Remit's log warned of. */
  readonly problems: readonly string[];
  /** What Remit and the stand-in said to each other that isn't as GitHub describes it. */
  readonly violations: readonly string[];
  readonly findings: readonly Finding[];
  /** Newest first. */
  readonly commits: readonly CommitState[];
  readonly links: readonly Link[];
  /** The bare repository. */
  readonly repository: string;
}
