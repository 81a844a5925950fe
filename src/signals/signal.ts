/** What a source told us, in one shape for all sources. Labels and annotations are untrusted text. */
import type { Instant } from "../clock.ts";

export type Signal = AlertSignal | SyncSignal | RepositorySignal | PullSignal;

/** One alert, firing or resolved, as Alertmanager's webhook version 4 describes it. */
export interface AlertSignal {
  readonly kind: "alert";
  /** The configured name of the source, from the URL's path. */
  readonly source: string;
  /** `owner/name`, from the source's configuration and never from the payload. */
  readonly repository: string;
  readonly fingerprint: string;
  readonly status: "firing" | "resolved";
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
  readonly startsAt: Instant;
  readonly endsAt: Instant | undefined;
  /** When Remit accepted the delivery. */
  readonly observedAt: Instant;
}

/** A GitOps controller (or a GitHub deployment status) says what it did with a revision. */
export interface SyncSignal {
  readonly kind: "sync";
  readonly source: string;
  readonly repository: string;
  readonly controller: "argocd" | "flux" | "github-deployment";
  /** The Argo CD Application's, Flux object's or GitHub deployment's name; untrusted, only compared. */
  readonly application: string;
  readonly namespace: string | undefined;
  readonly environment: string | undefined;
  /** Full commit id, 40 or 64 lowercase hex digits. */
  readonly revision: string;
  readonly phase: "applied" | "failed" | "progressing";
  readonly health: "healthy" | "degraded" | "progressing" | "unknown";
  /** Of a GitHub deployment that is over: GitHub's word for how it ended, and when it said so. */
  readonly deployment?: { readonly state: "success" | "failure" | "error"; readonly createdAt: Instant } | undefined;
  readonly observedAt: Instant;
}

/** Something moved on GitHub: look again. Carries no facts to act on, only where to look. */
export interface RepositorySignal {
  readonly kind: "repository";
  readonly source: "github";
  readonly repository: string;
  readonly event: string;
  readonly action: string | undefined;
  /** Login of whoever caused it; `remit[bot]` for our own writes. */
  readonly sender: string | undefined;
  /** A person's comment that may hold a command: the number of the issue or pull request, and GitHub's time of it. */
  readonly comment?: { readonly on: number; readonly at: Instant };
  /** It is about an issue with one of Remit's own labels: the stop switch, or else the dashboard. */
  readonly switches?: "stop" | "dashboard";
  readonly observedAt: Instant;
}

/** A pull request's commits changed, or a merge group wants to be checked. Only where it is: nothing that it says about itself. */
export interface PullSignal {
  readonly kind: "pull";
  readonly source: "github";
  readonly repository: string;
  /** GitHub's node id of the repository. */
  readonly repositoryId: string;
  /** What it would be merged into, when the event was sent. */
  readonly base: string;
  /** undefined for a merge group: its base stays what it is. */
  readonly baseBranch: string | undefined;
  readonly head: string;
  /** What its own branch is called; undefined for a merge group. */
  readonly headBranch: string | undefined;
  /** Login of whoever opened it; `remit[bot]` for our own. */
  readonly author: string | undefined;
  readonly observedAt: Instant;
}
