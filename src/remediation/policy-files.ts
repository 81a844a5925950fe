/** The owners' policy as it stands at a revision of the base branch, and what the branch's history says about it. */
import type { AuthorityState } from "../authority/decide.ts";
import { type ParsedAuthority, parseAuthority } from "../authority/parse-authority.ts";
import { policyVersion } from "../authority/policy-version.ts";
import { parseRunbook } from "../authority/runbooks/parse-runbook.ts";
import type { Runbook, RunbookState } from "../authority/runbooks/runbook.ts";
import type { Instant } from "../clock.ts";
import { digest } from "../digest.ts";
import type { Mirror, Revision, WantedFiles } from "../gitops/mirror/mirror.ts";
import { RecentRevisions } from "../gitops/mirror/recent-revisions.ts";

const directory = ".github/remit";
/** Where the owners keep the bot's authority. Read from the base branch only. */
export const authorityPath = `${directory}/authority.yaml`;
export const runbookDirectory = `${directory}/runbooks/`;

export interface PolicyFiles {
  authority(revision: Revision): Promise<AuthorityState>;
  runbooks(revision: Revision): Promise<RunbookState>;
  /** When somebody last changed the policy; undefined where nobody did since `since`. Remit itself can't: it never writes there. */
  policyChangedAt(revision: Revision, since: Instant): Promise<Instant | undefined>;
}

type TextsOfEach = (wanted: readonly WantedFiles[]) => Promise<readonly ReadonlyMap<string, string>[]>;

const kept = 4;

export function policyFiles(mirror: Mirror, textsOfEach: TextsOfEach): PolicyFiles {
  const authorities = new RecentRevisions<AuthorityState>(kept);
  const runbooks = new RecentRevisions<RunbookState>(kept);
  // It changes seldom, and is read before every step that writes.
  let last: { readonly text: string; readonly parsed: ParsedAuthority } | undefined;
  const newestVersion = versionHistory(mirror, textsOfEach);
  return {
    authority: (revision) =>
      authorities.get(revision, async () => {
        const [files] = await textsOfEach([{ revision, paths: [authorityPath] }]);
        const text = files?.get(authorityPath);
        if (text === undefined) return { kind: "missing", revision };
        if (last?.text !== text) last = { text, parsed: parseAuthority(text, authorityPath) };
        const { authority, mistakes } = last.parsed;
        if (authority === undefined) return { kind: "invalid", revision, mistakes };
        const newest = await newestVersion(revision);
        const { version } = authority;
        if (newest > version) return { kind: "replayed", revision, version, newest };
        return { kind: "present", authority, digest: digest(text), revision };
      }),
    runbooks: (revision) => runbooks.get(revision, () => readRunbooks(mirror, revision)),
    async policyChangedAt(revision, since) {
      const [newest] = await mirror.log(revision, { paths: [directory], since, limit: 1, files: false });
      return newest?.committedAt;
    },
  };
}

async function readRunbooks(mirror: Mirror, revision: Revision): Promise<RunbookState> {
  const isRunbook = (path: string) => path.startsWith(runbookDirectory) && /\.ya?ml$/.test(path);
  const files = (await mirror.files(revision)).filter(({ path }) => isRunbook(path));
  const unread = (await mirror.unread(revision)).filter(({ path }) => isRunbook(path));
  const parsed = files.map(({ path, text }) => parseRunbook(text, path));
  const mistakes = [
    ...parsed.flatMap((each) => each.mistakes),
    ...unread.map(({ path, why }) => ({
      file: path,
      line: 1,
      column: 1,
      message: why,
      expected: undefined,
      nearest: undefined,
    })),
  ];
  const runbooks = parsed.flatMap(({ policy }): readonly Runbook[] => (policy === undefined ? [] : [policy]));
  return mistakes.length === 0 ? { kind: "present", runbooks } : { kind: "invalid", mistakes };
}

/** The highest version that ever stood on the branch. After the first look only what came since is read. */
function versionHistory(mirror: Mirror, textsOfEach: TextsOfEach): (revision: Revision) => Promise<number> {
  let known: { readonly revision: Revision; readonly newest: number; readonly at: Instant } | undefined;
  return async (revision) => {
    const before = known !== undefined && (await mirror.isAncestor(known.revision, revision)) ? known : undefined;
    const since = before === undefined ? {} : { since: before.at };
    const commits = await mirror.log(revision, { paths: [authorityPath], files: false, limit: versionLimit, ...since });
    let newest = before?.newest ?? 0;
    const versions = await textsOfEach(commits.map(({ id }) => ({ revision: id, paths: [authorityPath] })));
    for (const text of versions.flatMap((files) => files.get(authorityPath) ?? [])) {
      newest = Math.max(newest, policyVersion(text) ?? 0);
    }
    known = { revision, newest, at: commits[0]?.committedAt ?? before?.at ?? 0 };
    return newest;
  };
}

/** Versions grow, so the highest is among the newest; a branch with more changes than these has shown it here. */
const versionLimit = 200;
