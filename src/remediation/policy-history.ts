/** What the branch says about a policy's version: the highest that ever stood on it, and what stood under it first. */
import { parseAuthority } from "../authority/parse-authority.ts";
import { policyVersion } from "../authority/policy-version.ts";
import type { Mirror, Revision } from "../gitops/mirror/mirror.ts";
import type { TextsOfEach } from "./texts-of-each.ts";

export interface PolicyHistory {
  /** 0 where none was ever said. */
  readonly newest: number;
  /** The first text without mistakes that had it; undefined where there was none. */
  readonly first: string | undefined;
}

interface Known extends PolicyHistory {
  readonly revision: Revision;
  /** The newest commit that touched the policy; undefined where none did. */
  readonly last: Revision | undefined;
}

/** After the first look only what came since is read: by its place on the branch, since a commit may carry any date. */
export function policyHistory(
  mirror: Mirror,
  textsOfEach: TextsOfEach,
  path: string,
): (revision: Revision) => Promise<PolicyHistory> {
  let known: Known | undefined;
  return async (revision) => {
    const before = known !== undefined && (await mirror.isAncestor(known.revision, revision)) ? known : undefined;
    const commits = await mirror.log(revision, { paths: [path], files: false, limit: versionLimit });
    const seen = commits.findIndex(({ id }) => id === before?.last);
    const fresh = seen < 0 ? commits : commits.slice(0, seen);
    const versions = await textsOfEach(fresh.map(({ id }) => ({ revision: id, paths: [path] })));
    let { newest, first }: PolicyHistory = before ?? { newest: 0, first: undefined };
    for (const text of versions.flatMap((files) => files.get(path) ?? []).toReversed()) {
      const version = policyVersion(text) ?? 0;
      if (version > newest) first = undefined;
      newest = Math.max(newest, version);
      if (version === newest && first === undefined && isInForce(text, path)) first = text;
    }
    known = { revision, newest, first, last: commits[0]?.id };
    return known;
  };
}

/** One with mistakes granted nothing, so mending it needs no new version. */
function isInForce(text: string, path: string): boolean {
  return parseAuthority(text, path).authority !== undefined;
}

/** Versions grow, so the highest is among the newest; a branch with more changes than these has shown it here. */
const versionLimit = 200;
