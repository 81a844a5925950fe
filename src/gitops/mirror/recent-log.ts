/** Answers `log` from a `LogWindow` where somebody keeps asking about the same revision, and has the window follow the branch. */
import type { Instant } from "../../clock.ts";
import { LogWindow } from "./log-window.ts";
import type { Commit, LogOptions, Revision } from "./mirror.ts";

/** `git log` itself: first-parent, with files, up to `limit` commits; `not` and what is reachable from it are left out. */
export type CommitSource = (
  revision: Revision,
  range: { readonly since: Instant; readonly limit: number; readonly not?: Revision },
) => Promise<readonly Commit[]>;

/** One plan asks twice; whoever asks more often plans there again. A backtest, which plans once a revision, gets no window. */
const patience = 3;
/** About 20 MB at most. */
const maxCommits = 20_000;
const day = 24 * 60 * 60_000;

export class RecentLog {
  readonly #source: CommitSource;
  #window: LogWindow | undefined;
  #asked: { readonly revision: Revision; times: number } | undefined;
  #work: Promise<void> | undefined;

  constructor(source: CommitSource) {
    this.#source = source;
  }

  /** undefined: ask git. Never waits for a window. */
  find(revision: Revision, options: LogOptions): readonly Commit[] | undefined {
    const found = this.#window?.find(revision, options);
    if (found === undefined && options.since !== undefined && options.files !== false)
      this.#count(revision, options.since);
    return found;
  }

  /** Resolves when no git process is at work for a window. */
  async idle(): Promise<void> {
    await this.#work;
  }

  #count(revision: Revision, since: Instant): void {
    if (this.#asked?.revision !== revision) this.#asked = { revision, times: 0 };
    this.#asked.times += 1;
    if (this.#asked.times !== patience || this.#work !== undefined) return;
    // A window that holds the revision, and as much as it may, doesn't get better.
    if (this.#window?.has(revision) && this.#window.content.since === undefined) return;
    this.#work = this.#follow(revision, since)
      .catch(() => undefined)
      .then((window) => {
        this.#window = window ?? this.#window;
        this.#work = undefined;
      });
  }

  async #follow(revision: Revision, since: Instant): Promise<LogWindow> {
    const known = this.#window?.content;
    const head = known?.commits[0]?.id;
    // Another plan may ask for somewhat more.
    const from = since - day;
    if (known !== undefined && head !== undefined) {
      const fresh = await this.#source(revision, { since: known.since ?? from, limit: maxCommits, not: head });
      const commits = [...fresh, ...known.commits];
      if (fresh.length > 0 && isChain(commits)) {
        const all = commits.length <= maxCommits;
        return new LogWindow({ commits: commits.slice(0, maxCommits), since: all ? known.since : undefined });
      }
    }
    const commits = await this.#source(revision, { since: from, limit: maxCommits });
    return new LogWindow({ commits, since: commits.length < maxCommits ? from : undefined });
  }
}

function isChain(commits: readonly Commit[]): boolean {
  return commits.every(({ id }, at) => at === 0 || commits[at - 1]?.parents[0] === id);
}
