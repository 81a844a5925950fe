/** Which files belong to a target, known shapes or not: by the parts that the catalogue gives it, and by the names on their paths. */
import { type Target, targetKey } from "../../target.ts";
import type { Catalogue, CatalogueTarget, FieldPath, Scope } from "../catalogue/catalogue.ts";
import { resolveLink } from "../catalogue/placement-graph.ts";
import { environmentGroup } from "../catalogue/words.ts";

export interface OwnedFiles {
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

/** Pure. `paths`: every file of the revision. `entry` may be several targets of one service in one (see `mergeTargets`). */
export function ownedFiles(
  catalogue: Catalogue,
  entry: CatalogueTarget,
  members: readonly Target[],
  paths: Iterable<string>,
): OwnedFiles {
  const keys = new Set(members.map(targetKey));
  const own = byFile(entry.scopes ?? rootScopes(entry));
  const foreign = byFile(
    catalogue.targets.filter(({ target }) => !keys.has(targetKey(target))).flatMap(({ scopes }) => scopes ?? []),
  );
  const names = new Names(catalogue, members);
  const byName = (path: string) => !prose.test(path) && !foreign.has(path) && names.names(path);
  const owns = (path: string) => own.has(path) || byName(path);
  return {
    owns,
    draws(path, line) {
      const [, reference] = /^\s*(?:#[\s#]*)?-\s+(?:path:\s*)?["']?([^\s"'#]+)["']?\s*(?:#.*)?$/.exec(line) ?? [];
      const target = reference === undefined ? undefined : resolveLink(path, reference, "file");
      return target !== undefined && target !== "" && (owns(target) || owns(`${target}/kustomization.yaml`));
    },
    ownsWhole(path) {
      const parts = own.get(path);
      if (parts === undefined) return byName(path);
      const others = foreign.get(path) ?? [];
      if (others.some((other) => !parts.some((part) => isWithin(other, part)))) return false;
      return names.names(path) || parts.some((part) => part.path.length === 0);
    },
    directories: [...new Set([...paths].filter(byName).map(directoryOf))].filter((directory) => directory !== ""),
  };
}

class Names {
  readonly #services: ReadonlySet<string>;
  readonly #environments: ReadonlySet<string>;
  readonly #service: string;
  /** Empty where the target has no environment, or where it stands for all of them. */
  readonly #own: ReadonlySet<string>;

  constructor(catalogue: Catalogue, members: readonly Target[]) {
    this.#services = new Set(catalogue.targets.map(({ target }) => plain(target.service)));
    this.#environments = new Set(
      catalogue.targets.flatMap(({ target: { environment } }) =>
        environment === undefined ? [] : [plain(environment)],
      ),
    );
    this.#service = plain(members[0]?.service ?? "");
    const own = members.map(({ environment }) => environment);
    this.#own = new Set(members.length > 1 || own.includes(undefined) ? [] : own.map((name) => plain(name ?? "")));
  }

  /** The deepest service that the path names is this one, and the deepest environment is none or one of its own. */
  names(path: string): boolean {
    const words = path.split("/").map((word) => plain(word.replace(/\.[^.]*$/, "")));
    const service = words.findLast((word) => this.#services.has(word) && !this.#isEnvironment(word));
    if (service !== this.#service) return false;
    const environment = words.findLast((word) => this.#isEnvironment(word) && word !== this.#service);
    return this.#own.size === 0 || environment === undefined || this.#own.has(environment);
  }

  #isEnvironment(word: string): boolean {
    return this.#environments.has(word) || environmentGroup(word) !== undefined;
  }
}

function rootScopes(entry: CatalogueTarget): readonly Scope[] {
  return entry.fields.map(({ file, document, path }) => ({ file, document, path }));
}

function byFile(scopes: readonly Scope[]): ReadonlyMap<string, readonly Scope[]> {
  const files = new Map<string, Scope[]>();
  for (const scope of scopes) {
    const list = files.get(scope.file);
    if (list === undefined) files.set(scope.file, [scope]);
    else list.push(scope);
  }
  return files;
}

function isWithin(scope: Scope, outer: Scope): boolean {
  return scope.document === outer.document && startsWith(scope.path, outer.path);
}

function startsWith(path: FieldPath, start: FieldPath): boolean {
  return start.length <= path.length && start.every((step, index) => step === path[index]);
}

function directoryOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf("/")));
}

function plain(name: string): string {
  return name.toLowerCase().replaceAll("_", "-");
}
