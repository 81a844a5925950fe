/** Cases that a policy must decide as written, parsed from `.github/remit/tests/*.yaml`. Paths are relative to the file. */
import type { Instant } from "../../clock.ts";
import type { ReasonCode } from "../../reason.ts";
import type { Tier } from "../verdict.ts";

export interface RunbookTest {
  /** "" where the file gives none. */
  readonly name: string;
  readonly cases: readonly RunbookTestCase[];
}

export interface RunbookTestCase {
  readonly name: string;
  readonly given: {
    /** Exactly one of the three. `alert`: path of an Alertmanager webhook body. */
    readonly alert: string | undefined;
    /** Path of a GitHub webhook body of the event `deployment_status`. */
    readonly deployment: string | undefined;
    /** A comment's line. */
    readonly command: string | undefined;
    /** Path of a directory with the repository's tree, or of a git directory. */
    readonly repository: string;
    /** Path of a file that tells earlier commits. */
    readonly history: string | undefined;
    /** Path of a file that tells earlier remediations. */
    readonly ledger: string | undefined;
    readonly at: Instant;
  };
  readonly expect: {
    readonly outcome: "change" | "abstain";
    readonly tier: Tier | undefined;
    /** Codes that must be among the reasons. */
    readonly reasons: readonly ReasonCode[];
    /** Path of a unified diff. */
    readonly diff: string | undefined;
  };
}
