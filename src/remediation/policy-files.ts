/** The owners' policy as it stands at a revision of the base branch, and what the branch's history says about it. */
import type { AuthorityState } from "../authority/decide.ts";
import { type ParsedAuthority, parseAuthority } from "../authority/parse-authority.ts";
import { parseRunbook } from "../authority/runbooks/parse-runbook.ts";
import type { Runbook, RunbookState } from "../authority/runbooks/runbook.ts";
import type { Instant } from "../clock.ts";
import { digest } from "../digest.ts";
import type { Mirror, Revision } from "../gitops/mirror/mirror.ts";
import { RecentRevisions } from "../gitops/mirror/recent-revisions.ts";
import { policyHistory } from "./policy-history.ts";
import { authorityPath, policyDirectory, runbookDirectory } from "./policy-paths.ts";
import { type PolicySignatures, signedState } from "./signed-policy.ts";
import type { TextsOfEach } from "./texts-of-each.ts";

export interface PolicyFiles {
  authority(revision: Revision): Promise<AuthorityState>;
  runbooks(revision: Revision): Promise<RunbookState>;
  /** When somebody last changed the policy; undefined where nobody did since `since`. Remit itself can't: it never writes there. */
  policyChangedAt(revision: Revision, since: Instant): Promise<Instant | undefined>;
}

const kept = 4;

/** `signatures`: what the deployment asks for; undefined where it asks for none. */
export function policyFiles(mirror: Mirror, textsOfEach: TextsOfEach, signatures?: PolicySignatures): PolicyFiles {
  const authorities = new RecentRevisions<AuthorityState>(kept);
  const runbooks = new RecentRevisions<RunbookState>(kept);
  // It changes seldom, and is read before every step that writes.
  let last: { readonly text: string; readonly parsed: ParsedAuthority } | undefined;
  const history = policyHistory(mirror, textsOfEach, authorityPath);
  const read = async (revision: Revision): Promise<AuthorityState> => {
    const [files] = await textsOfEach([{ revision, paths: [authorityPath] }]);
    const text = files?.get(authorityPath);
    if (text === undefined) return { kind: "missing", revision };
    if (last?.text !== text) last = { text, parsed: parseAuthority(text, authorityPath) };
    const { authority, mistakes } = last.parsed;
    if (authority === undefined) return { kind: "invalid", revision, mistakes };
    const { newest, first } = await history(revision);
    const { version } = authority;
    if (newest > version) return { kind: "replayed", revision, version, newest };
    if (first !== undefined && first !== text) return { kind: "reused", revision, version };
    return { kind: "present", authority, digest: digest(text), revision };
  };
  const signed = async (revision: Revision, needed: PolicySignatures): Promise<AuthorityState> => {
    const state = await read(revision);
    if (state.kind !== "present") return { ...state, mustBeSigned: true };
    const { accepted, signers } = await signedState({ mirror, textsOfEach }, revision, needed);
    return accepted
      ? { ...state, signers }
      : { kind: "unsigned", revision, signers, threshold: needed.threshold, mustBeSigned: true };
  };
  return {
    authority: (revision) =>
      authorities.get(revision, () => (signatures === undefined ? read(revision) : signed(revision, signatures))),
    runbooks: (revision) => runbooks.get(revision, () => readRunbooks(mirror, revision)),
    async policyChangedAt(revision, since) {
      const [newest] = await mirror.log(revision, { paths: [policyDirectory], since, limit: 1, files: false });
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
