/** What the watchdog sees of, and does in, the repositories: their mirrors, what the App may do there, and the issue. */
import type { Clock } from "../../clock.ts";
import type { RepositoryReader } from "../../remediation/repository-reader.ts";
import type { AccessFact, MirrorFact } from "../../remediation/watchdog/find-troubles.ts";
import type { WatchdogIssues } from "../../remediation/watchdog/watchdog-issues.ts";
import type { Signal } from "../../signals/signal.ts";
import type { AccessWatch } from "./access-watch.ts";
import type { MirrorWatch } from "./mirror-watch.ts";

export interface WatchdogEnds {
  /** Asks nobody. */
  facts(): { readonly mirrors: readonly MirrorFact[]; readonly access: readonly AccessFact[] };
  /** Asks GitHub and git, where it is time to. Never rejects. */
  look(): Promise<void>;
  /** undefined: no issues are kept. */
  readonly issues: ((repository: string) => WatchdogIssues) | undefined;
}

export interface WatchdogEndParts {
  readonly clock: Clock;
  readonly mirrors: MirrorWatch;
  readonly access: AccessWatch;
  readonly reader: (repository: string) => Promise<RepositoryReader>;
  /** Those that sources speak for. */
  readonly configured: ReadonlySet<string>;
  /** These, and whatever was heard of. */
  readonly repositories: () => Iterable<string>;
  readonly issues: ((repository: string) => WatchdogIssues) | undefined;
}

/** Whoever fetches else makes this later. */
const fetchEveryMs = 60 * 60_000;
const afterFailureMs = 5 * 60_000;

export function watchdogEnds(parts: WatchdogEndParts): WatchdogEnds {
  const { access, mirrors, configured } = parts;
  return {
    facts() {
      // Where no source needs it, taking the App away is what somebody wanted.
      const left = new Set(
        access
          .facts()
          .filter(({ repository, state }) => state.kind === "app-not-installed" && !configured.has(repository))
          .map(({ repository }) => repository),
      );
      const stays = ({ repository }: { readonly repository: string }) => !left.has(repository);
      return { mirrors: mirrors.look().filter(stays), access: access.facts().filter(stays) };
    },
    async look() {
      await access.look(parts.repositories());
      for (const fact of mirrors.look()) await tryToFetch(parts, fact);
    },
    issues: parts.issues,
  };
}

/** So that a mirror that nobody needs just now, or one that failed, tells how it is. */
async function tryToFetch({ clock, mirrors, reader }: WatchdogEndParts, { repository, failingSince }: MirrorFact) {
  const triedMs = Math.abs(clock.now() - (mirrors.attemptedAt(repository) ?? 0));
  if (triedMs < (failingSince === undefined ? fetchEveryMs : afterFailureMs)) return;
  // What fails is noted by whoever watches, and told as trouble.
  await reader(repository)
    .then(({ mirror }) => mirror.fetch())
    .catch(() => {});
}

/** The repositories where the App's installation changed. */
export function installationChanges(signals: readonly Signal[]): readonly string[] {
  return signals.flatMap((signal) =>
    signal.kind === "repository" && signal.event.startsWith("installation") ? [signal.repository] : [],
  );
}
