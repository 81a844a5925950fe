/**
 * What the App may do on each repository. GitHub is asked at the start, once a day, and when something tells that it may have
 * changed: a webhook, or a request that was refused.
 */
import type { Clock, Instant } from "../../clock.ts";
import { RemitError } from "../../errors.ts";
import type { GitHubApp } from "../../github/github-app.ts";
import type { InstallationState } from "../../github/read-installation.ts";
import type { Log } from "../../remediation/session.ts";
import type { AccessFact, AccessState } from "../../remediation/watchdog/find-troubles.ts";

export interface AccessWatch {
  /** GitHub refused a request for want of a permission. */
  refused(repository: string): void;
  /** The installation changed. */
  changed(repository: string): void;
  /** Asks GitHub where it is time to. Never rejects. */
  look(repositories: Iterable<string>): Promise<void>;
  facts(): readonly AccessFact[];
}

export interface AccessWatchParts {
  readonly app: Pick<GitHubApp, "installation">;
  readonly clock: Clock;
  readonly log: Log;
}

interface Known {
  readonly fact: AccessFact | undefined;
  readonly askedAt: Instant | undefined;
  readonly isNews: boolean;
  readonly refusedAt: Instant | undefined;
}

const dayMs = 24 * 60 * 60_000;
/** As long as something is wrong. */
const againMs = 10 * 60_000;
/** What was refused without a reason that shows is told for so long. */
const refusedMs = 60 * 60_000;

const refusedState: AccessState = {
  kind: "permission-missing",
  detail: "GitHub refused a request of Remit's: its log tells which",
};

const unknown: Known = { fact: undefined, askedAt: undefined, isNews: false, refusedAt: undefined };

export function accessWatch({ app, clock, log }: AccessWatchParts): AccessWatch {
  const known = new Map<string, Known>();
  const change = (repository: string, part: Partial<Known>) =>
    known.set(repository, { ...(known.get(repository) ?? unknown), ...part });
  const ask = async (repository: string) => {
    const now = clock.now();
    change(repository, { askedAt: now, isNews: false });
    const installation = await app.installation(repository).catch((error: unknown) => {
      log.warn({ repository, error }, "how the App's installation stands couldn't be asked");
      return error instanceof RemitError && error.code === "github-unauthorized" ? "unauthorized" : undefined;
    });
    if (installation === undefined) return;
    const { fact: before, refusedAt } = known.get(repository) ?? unknown;
    const state = stateOf(installation, refusedAt, now);
    const isSame = before !== undefined && JSON.stringify(before.state) === JSON.stringify(state);
    // What is wrong with the installation explains what was refused until now.
    const isExplained = installation === "unauthorized" || installation.kind !== "right";
    change(repository, {
      fact: isSame ? before : { repository, since: now, state },
      ...(isExplained ? { refusedAt: undefined } : {}),
    });
  };
  return {
    refused: (repository) => {
      const { fact } = known.get(repository) ?? unknown;
      const isNews = fact === undefined || fact.state.kind === "right";
      // What is wrong with the installation explains it already.
      if (isNews || fact.state === refusedState)
        change(repository, { refusedAt: clock.now(), ...(isNews ? { isNews } : {}) });
    },
    changed: (repository) => change(repository, { isNews: true, refusedAt: undefined }),
    async look(repositories) {
      for (const repository of repositories)
        if (isDue(known.get(repository) ?? unknown, clock.now())) await ask(repository);
    },
    facts: () => [...known.values()].flatMap(({ fact }) => fact ?? []),
  };
}

function isDue({ fact, askedAt, isNews }: Known, now: Instant): boolean {
  if (askedAt === undefined || isNews) return true;
  return Math.abs(now - askedAt) >= (fact?.state.kind === "right" ? dayMs : againMs);
}

function stateOf(
  installation: InstallationState | "unauthorized",
  refusedAt: Instant | undefined,
  now: Instant,
): AccessState {
  if (installation === "unauthorized")
    return { kind: "permission-missing", detail: "GitHub doesn't accept the App's key" };
  switch (installation.kind) {
    case "gone":
      return { kind: "app-not-installed" };
    case "suspended":
      return { kind: "app-suspended" };
    case "lacking":
      return { kind: "permission-missing", detail: installation.permissions.join(", ") };
    case "right":
      return refusedAt !== undefined && now - refusedAt < refusedMs ? refusedState : { kind: "right" };
  }
}
