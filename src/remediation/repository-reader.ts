/** A mirror together with what was computed from it: catalogue and authority by revision. Both are pure functions of the revision. */

import type { AuthorityState } from "../authority/decide.ts";
import { parseAuthority } from "../authority/parse-authority.ts";
import { digest } from "../digest.ts";
import { buildCatalogue } from "../gitops/catalogue/build-catalogue.ts";
import type { Catalogue } from "../gitops/catalogue/catalogue.ts";
import type { Mirror, Revision } from "../gitops/mirror/mirror.ts";

/** Where the owners keep the bot's authority. Read from the base branch only. */
export const authorityPath = ".github/remit/authority.yaml";
/** Its presence on the default branch stops every action. */
export const stopPath = ".github/remit/STOP";

export interface RepositoryReader {
  readonly mirror: Mirror;
  catalogue(revision: Revision): Promise<Catalogue>;
  authority(revision: Revision): Promise<AuthorityState>;
  /** The text of files at a revision; absent ones, and ones that aren't UTF-8, are left out. */
  texts(revision: Revision, paths: Iterable<string>): Promise<ReadonlyMap<string, string>>;
  /** Fetches unless the commit is already here. */
  require(revision: Revision): Promise<void>;
}

const kept = 4;

export function repositoryReader(mirror: Mirror): RepositoryReader {
  const catalogues = new Map<Revision, Promise<Catalogue>>();
  const texts = async (revision: Revision, paths: Iterable<string>) => decode(await mirror.read(revision, paths));
  return {
    mirror,
    texts,
    catalogue(revision) {
      const known = catalogues.get(revision);
      if (known !== undefined) return known;
      const built = mirror.files(revision).then((files) => buildCatalogue(files));
      catalogues.set(revision, built);
      built.catch(() => catalogues.delete(revision));
      for (const oldest of [...catalogues.keys()].slice(0, -kept)) catalogues.delete(oldest);
      return built;
    },
    async authority(revision) {
      const text = (await texts(revision, [authorityPath])).get(authorityPath);
      if (text === undefined) return { kind: "missing", revision };
      const { authority, mistakes } = parseAuthority(text, authorityPath);
      if (authority === undefined) return { kind: "invalid", revision, mistakes };
      return { kind: "present", authority, digest: digest(text), revision };
    },
    async require(revision) {
      if (!(await mirror.has(revision))) await mirror.fetch();
    },
  };
}

function decode(files: ReadonlyMap<string, Uint8Array>): ReadonlyMap<string, string> {
  const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
  const result = new Map<string, string>();
  for (const [path, bytes] of files) {
    try {
      result.set(path, decoder.decode(bytes));
    } catch {
      // Not UTF-8: no configuration that Remit could prove an edit of.
    }
  }
  return result;
}
