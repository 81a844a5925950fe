/**
 * The newest commits of a branch with what they touched, so that the history of a few paths is looked up and git isn't asked: a git
 * process for each question was most of a plan's time. Bounded by time and number, not by the history's length.
 */
import type { Instant } from "../../clock.ts";
import type { Commit, LogOptions, Revision } from "./mirror.ts";

export interface LogWindowContent {
  /** Newest first, first-parent, without gaps, all of them with their files. */
  readonly commits: readonly Commit[];
  /** Nothing older than this is among them, and everything newer is; undefined where older commits were left out. */
  readonly since: Instant | undefined;
}

/** Files of all commits together. A commit that goes beyond, and whatever is older, is left out. */
const maxFiles = 200_000;

export class LogWindow {
  readonly content: LogWindowContent;
  /** A commit's place among `commits`. */
  readonly #places = new Map<Revision, number>();
  /** Places of the commits that touched a path, or something below it, ascending. */
  readonly #touching = new Map<string, number[]>();

  constructor({ commits, since }: LogWindowContent) {
    let files = 0;
    const beyond = commits.findIndex((commit) => {
      files += commit.files.length;
      return files > maxFiles;
    });
    this.content = beyond < 0 ? { commits, since } : { commits: commits.slice(0, beyond), since: undefined };
    for (const [place, commit] of this.content.commits.entries()) {
      this.#places.set(commit.id, place);
      for (const { path } of commit.files) this.#touch(path, place);
    }
  }

  has(revision: Revision): boolean {
    return this.#places.has(revision);
  }

  /** What `git log` answers; undefined where that takes older commits, or another question than which commits touched what. */
  find(revision: Revision, options: LogOptions): readonly Commit[] | undefined {
    const { paths, since, files, containing, limit = Number.POSITIVE_INFINITY } = options;
    const start = this.#places.get(revision);
    if (start === undefined || paths === undefined || files === false || containing !== undefined) return undefined;
    const { commits } = this.content;
    // As git does, which reads no further than the first commit that is too old.
    const tooOld = since === undefined ? -1 : commits.findIndex((one, at) => at >= start && one.committedAt < since);
    const end = tooOld < 0 ? commits.length : tooOld;
    const places = new Set(paths.flatMap((path) => this.#touching.get(path) ?? []));
    const found = [...places].filter((place) => place >= start && place < end).sort((a, b) => a - b);
    if (found.length < limit && tooOld < 0 && !this.#reaches(since)) return undefined;
    return found.slice(0, Math.max(0, Math.floor(limit))).flatMap((place) => commits[place] ?? []);
  }

  #reaches(since: Instant | undefined): boolean {
    return since !== undefined && this.content.since !== undefined && this.content.since <= since;
  }

  #touch(path: string, place: number): void {
    for (let end = path.length; end > 0; end = path.lastIndexOf("/", end - 1)) {
      const name = path.slice(0, end);
      const known = this.#touching.get(name);
      if (known === undefined) this.#touching.set(name, [place]);
      // Whatever else the commit touched in the directory.
      else if (known.at(-1) !== place) known.push(place);
      else break;
    }
  }
}
