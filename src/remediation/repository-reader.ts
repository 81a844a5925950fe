/** A mirror together with what was computed from it: catalogue and authority by revision. Both are pure functions of the revision. */

import type { Instant } from "../clock.ts";
import { buildCatalogue } from "../gitops/catalogue/build-catalogue.ts";
import type { Catalogue } from "../gitops/catalogue/catalogue.ts";
import { lastTree } from "../gitops/catalogue/last-tree.ts";
import { readFile } from "../gitops/catalogue/read-file.ts";
import { type OwnershipIndex, ownershipIndex } from "../gitops/history/ownership-index.ts";
import { type RevertHabits, revertHabits } from "../gitops/history/revert-habits.ts";
import type { Commit, Mirror, Revision, WantedFiles } from "../gitops/mirror/mirror.ts";
import { RecentRevisions } from "../gitops/mirror/recent-revisions.ts";
import { type PolicyFiles, policyFiles } from "./policy-files.ts";
import type { Renderer } from "./rendering/renderer.ts";
import type { PolicySignatures } from "./signed-policy.ts";

/** Its presence on the default branch stops every action. */
export const stopPath = ".github/remit/STOP";

export interface RepositoryReader extends PolicyFiles {
  readonly mirror: Mirror;
  /** undefined: candidates say that they aren't rendered. */
  readonly renderer: MaybeLater<Renderer> | undefined;
  catalogue(revision: Revision): Promise<Catalogue>;
  /** Whose file is whose at the revision. */
  ownership(revision: Revision): Promise<OwnershipIndex>;
  /** The text of files at a revision; absent ones, and ones that aren't UTF-8, are left out. */
  texts(revision: Revision, paths: Iterable<string>): Promise<ReadonlyMap<string, string>>;
  /** `texts` for several revisions at once, in their order. */
  textsOfEach(wanted: readonly WantedFiles[]): Promise<readonly ReadonlyMap<string, string>[]>;
  /** Commits since then whose message contains the text, without their files, newest first: at most `limit`. */
  commitsContaining(revision: Revision, text: string, since: Instant, limit: number): Promise<readonly Commit[]>;
  /** Whose changes people take back in this repository, by its newest commits. Counted anew once a day. */
  habits(revision: Revision, now: Instant): Promise<RevertHabits>;
  /** Fetches unless the commit is already here. */
  require(revision: Revision): Promise<void>;
}

/** What is looked for while other things are done. */
type MaybeLater<T> = T | Promise<T>;

const kept = 4;
const day = 24 * 60 * 60_000;
/** Enough to tell habits by, whatever the length of the history. */
const habitCommits = 4_000;

/** `signatures`: what the policy has to be signed by, where the deployment asks for that. `renderer`: where one is at hand. */
export function repositoryReader(
  mirror: Mirror,
  signatures?: PolicySignatures,
  renderer?: MaybeLater<Renderer>,
): RepositoryReader {
  const catalogues = new RecentRevisions<Catalogue>(kept);
  const ownerships = new RecentRevisions<OwnershipIndex>(kept);
  let last: { key: string; since: Instant; commits: Promise<readonly Commit[] | undefined> } | undefined;
  let latest: Catalogue | undefined;
  let habits: { readonly day: number; readonly counted: Promise<RevertHabits> } | undefined;
  const texts = async (revision: Revision, paths: Iterable<string>) => decode(await mirror.read(revision, paths));
  const textsOfEach = async (wanted: readonly WantedFiles[]) => (await mirror.readEach(wanted)).map(decode);
  const build = async (revision: Revision): Promise<Catalogue> => {
    // Facts are read while git is still at work on the other files.
    const trees = lastTree();
    const files = await mirror.files(revision, (file) => void readFile(file, trees));
    const unread = (await mirror.unread(revision)).map(({ path, why }) => ({
      file: path,
      line: undefined,
      message: why,
    }));
    latest = buildCatalogue(files, latest, unread);
    return latest;
  };
  const catalogue = (revision: Revision) => catalogues.get(revision, () => build(revision));
  return {
    mirror,
    renderer,
    texts,
    textsOfEach,
    async commitsContaining(revision, text, since, limit) {
      const key = [revision, text, limit].join(" ");
      // What was found since an earlier moment, all of it, tells what there is since a later one.
      const known = last?.key === key && last.since <= since ? await last.commits : undefined;
      if (known !== undefined && known.length < limit) return known.filter((commit) => commit.committedAt >= since);
      const commits = mirror.log(revision, { since, limit, containing: text, files: false });
      last = { key, since, commits: commits.catch(() => undefined) };
      return commits;
    },
    catalogue,
    ownership: (revision) =>
      ownerships.get(revision, async () => {
        const entries = await mirror.entries(revision);
        return ownershipIndex(
          await catalogue(revision),
          entries.map(({ path }) => path),
        );
      }),
    habits(revision, now) {
      const today = Math.floor(now / day);
      if (habits?.day !== today) {
        const counted = mirror.log(revision, { limit: habitCommits, files: false }).then(revertHabits);
        habits = { day: today, counted };
        counted.catch(() => {
          habits = undefined;
        });
      }
      return habits.counted;
    },
    ...policyFiles(mirror, textsOfEach, signatures),
    async require(revision) {
      if (!(await mirror.has(revision))) await mirror.fetch();
    },
  };
}

function decode(files: ReadonlyMap<string, Uint8Array>): ReadonlyMap<string, string> {
  const result = new Map<string, string>();
  for (const [path, bytes] of files) {
    const text = decodeOnce(bytes);
    if (text !== undefined) result.set(path, text);
  }
  return result;
}

/** The mirror gives the same bytes again for the same blob. */
const decoded = new WeakMap<Uint8Array, string>();
const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

function decodeOnce(bytes: Uint8Array): string | undefined {
  const known = decoded.get(bytes);
  if (known !== undefined) return known;
  try {
    const text = decoder.decode(bytes);
    decoded.set(bytes, text);
    return text;
  } catch {
    // Not UTF-8: no configuration that Remit could prove an edit of.
    return undefined;
  }
}
