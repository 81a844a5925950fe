/** Which files belong to a target, known shapes or not: by the parts that the catalogue gives it, and by the names on their paths. */

import { type Target, targetKey } from "../../target.ts";
import type { CatalogueTarget, Scope } from "../catalogue/catalogue.ts";
import { pathStartsWith } from "../catalogue/path-starts-with.ts";
import { plainName } from "../catalogue/plain-name.ts";
import { resolveLink } from "../catalogue/resolve-link.ts";
import { environmentGroup } from "../catalogue/words.ts";
import { directoryOf } from "../directory-of.ts";
import type { OwnershipIndex } from "./ownership-index.ts";

export interface OwnedFiles {
  /** The target's files at the revision, in the tree's order. */
  readonly present: readonly string[];
  /** Does the path belong to the target, in part or as a whole? Also answers for files that are gone. */
  owns(path: string): boolean;
  /** Is everything in the file the target's own? */
  ownsWhole(path: string): boolean;
  /** Does this line of a kustomization draw the target in, or did it before somebody commented it out? */
  draws(path: string, line: string): boolean;
  /** Directories below which further files of the target may have been. */
  readonly directories: readonly string[];
}

const prose = /\.(?:md|markdown|adoc|rst|txt|png|jpe?g|gif|svg|pdf)$|(?:^|\/)(?:OWNERS|LICENSE|CODEOWNERS)$/i;

/** Pure. `entry` may be several targets of one service in one (see `mergeTargets`). */
export function ownedFiles(index: OwnershipIndex, entry: CatalogueTarget, members: readonly Target[]): OwnedFiles {
  const keys = new Set(members.map(targetKey));
  const own = Map.groupBy(entry.scopes ?? rootScopes(entry), ({ file }) => file);
  // Of a shared list that is thousands of targets, and history asks about the same few files again and again.
  const foreign = once((path) => index.holders(path).filter(({ target }) => !keys.has(targetKey(target))));
  const names = new Names(index, members);
  const byName = once((path) => names.names(path) && !prose.test(path) && foreign(path).length === 0);
  const named = index.pathsNaming(names.service).filter(byName);
  const known = new Set([...own.keys(), ...named]);
  const owns = (path: string) => own.has(path) || byName(path);
  return {
    present: index.paths.filter((path) => known.has(path)),
    owns,
    draws(path, line) {
      const [, reference] = /^\s*(?:#[\s#]*)?-\s+(?:path:\s*)?["']?([^\s"'#]+)["']?\s*(?:#.*)?$/.exec(line) ?? [];
      const target = reference === undefined ? undefined : resolveLink(path, reference, "file");
      return target !== undefined && target !== "" && (owns(target) || owns(`${target}/kustomization.yaml`));
    },
    ownsWhole(path) {
      const parts = own.get(path);
      if (parts === undefined) return byName(path);
      const others = foreign(path).flatMap(({ scopes }) => scopes);
      if (others.some((other) => !parts.some((part) => isWithin(other, part)))) return false;
      return names.names(path) || parts.some((part) => part.path.length === 0);
    },
    directories: [...new Set(named.map(directoryOf))].filter((directory) => directory !== ""),
  };
}

/** The answer for a path, worked out when it is first asked for. */
function once<T>(answer: (path: string) => T): (path: string) => T {
  const known = new Map<string, T>();
  return (path) => {
    const before = known.get(path);
    if (before !== undefined) return before;
    const found = answer(path);
    known.set(path, found);
    return found;
  };
}

class Names {
  readonly service: string;
  readonly #index: OwnershipIndex;
  /** Empty where the target has no environment, or where it stands for all of them. */
  readonly #own: ReadonlySet<string>;

  constructor(index: OwnershipIndex, members: readonly Target[]) {
    this.#index = index;
    this.service = plainName(members[0]?.service ?? "");
    const own = members.map(({ environment }) => environment);
    this.#own = new Set(members.length > 1 || own.includes(undefined) ? [] : own.map((name) => plainName(name ?? "")));
  }

  /** The deepest service that the path names is this one, and the deepest environment is none or one of its own. */
  names(path: string): boolean {
    const words = path.split("/").map((word) => plainName(word.replace(/\.[^.]*$/, "")));
    const service = words.findLast((word) => this.#index.services.has(word) && !this.#isEnvironment(word));
    if (service !== this.service) return false;
    const environment = words.findLast((word) => this.#isEnvironment(word) && word !== this.service);
    return this.#own.size === 0 || environment === undefined || this.#own.has(environment);
  }

  #isEnvironment(word: string): boolean {
    return this.#index.environments.has(word) || environmentGroup(word) !== undefined;
  }
}

function rootScopes(entry: CatalogueTarget): readonly Scope[] {
  return entry.fields.map(({ file, document, path }) => ({ file, document, path }));
}

function isWithin(scope: Scope, outer: Scope): boolean {
  return scope.document === outer.document && pathStartsWith(scope.path, outer.path);
}
