/** Who draws in what, by where the links lead: also what isn't there, so that it is known when it comes. */
import type { DocumentFacts, FileFacts } from "./document-facts.ts";
import { resolveLink } from "./resolve-link.ts";
import { mergedByPath } from "./sorted-paths.ts";

export interface Consumer {
  readonly path: string;
  readonly document: DocumentFacts;
  /** Of a patch: the object that it is for. */
  readonly object: string | undefined;
  readonly patch: boolean;
  /** The one in which it draws it in, where the link says it. */
  readonly environment: string | undefined;
}

type Files = ReadonlyMap<string, FileFacts>;
/** By the path that a link leads to, in the order of the consumers' paths. */
type Wanted = ReadonlyMap<string, readonly Consumer[]>;
/** Where a file's links lead. */
type Leads = ReadonlyMap<string, readonly string[]>;

const none: readonly never[] = [];

export class LinkIndex {
  readonly #files: Files;
  readonly #wanted: Wanted;
  readonly #leads: Leads;
  readonly #drawn = new Map<string, readonly string[]>();

  private constructor(files: Files, wanted: Wanted, leads: Leads) {
    this.#files = files;
    this.#wanted = wanted;
    this.#leads = leads;
  }

  /** `files` in the order of their paths. */
  static of(files: Files): LinkIndex {
    const wanted = new Map<string, Consumer[]>();
    const leads = new Map<string, string[]>();
    for (const file of files.values()) {
      for (const [target, consumer] of linksOf(file)) {
        append(wanted, target, consumer);
        append(leads, file.path, target);
      }
    }
    return new LinkIndex(files, wanted, leads);
  }

  /** The index of other files, of which only those at `changed` differ; and where links lead whose consumers differ. */
  after(
    files: Files,
    changed: ReadonlySet<string>,
  ): { readonly links: LinkIndex; readonly targets: ReadonlySet<string> } {
    const [wanted, leads] = [new Map(this.#wanted), new Map(this.#leads)];
    const fresh = new Map<string, Consumer[]>();
    for (const path of [...changed].sort()) {
      for (const target of this.#leads.get(path) ?? none) if (!fresh.has(target)) fresh.set(target, []);
      leads.delete(path);
      const file = files.get(path);
      const own: string[] = [];
      for (const [target, consumer] of file === undefined ? [] : linksOf(file)) {
        append(fresh, target, consumer);
        own.push(target);
      }
      if (own.length > 0) leads.set(path, own);
    }
    const targets = new Set<string>();
    for (const [target, consumers] of fresh) {
      const before = wanted.get(target) ?? none;
      const kept = before.filter(({ path }) => !changed.has(path));
      const now = mergedByPath(kept, consumers, ({ path }) => path);
      if (now.length === 0) wanted.delete(target);
      else wanted.set(target, now);
      if (!sameConsumers(before, now)) targets.add(target);
    }
    return { links: new LinkIndex(files, wanted, leads), targets };
  }

  /** Whoever has a link that leads there, whatever it draws in. */
  wantedBy(target: string): readonly Consumer[] {
    return this.#wanted.get(target) ?? none;
  }

  /** Does the file draw anything in, or mean to? */
  draws(path: string): boolean {
    return this.#leads.has(path);
  }

  leads(path: string): readonly string[] {
    return this.#leads.get(path) ?? none;
  }

  /** The file that a link draws in; undefined for everything below a directory, and for nothing. */
  fileAt(target: string): string | undefined {
    return this.#files.has(target) ? target : kustomizationIn(this.#files, target);
  }

  /** Whoever names the file, or the directory whose kustomization it is. */
  consumers(path: string): readonly Consumer[] {
    const own = this.#wanted.get(path) ?? none;
    const directory = kustomizedDirectory(path);
    const around = directory === undefined ? undefined : this.#wanted.get(directory);
    if (around === undefined || directory === undefined || this.fileAt(directory) !== path) return own;
    return mergedByPath(own, around.some(isSelf(path)) ? around.filter((each) => each.path !== path) : around, pathOf);
  }

  /** Whoever draws in everything below the directory. */
  directoryConsumers(directory: string): readonly Consumer[] {
    const wanted = this.#wanted.get(directory);
    return wanted === undefined || this.fileAt(directory) !== undefined ? none : wanted;
  }

  /** Files that the file draws in itself. */
  drawn(path: string): readonly string[] {
    const leads = this.#leads.get(path);
    if (leads === undefined) return none;
    const known = this.#drawn.get(path);
    if (known !== undefined) return known;
    const found: string[] = [];
    for (const target of leads) {
      const file = this.fileAt(target);
      if (file !== undefined && file !== path) found.push(file);
    }
    this.#drawn.set(path, found);
    return found;
  }
}

/** The directory that a link may name instead of the file: its own, of a kustomization. */
export function kustomizedDirectory(path: string): string | undefined {
  if (!path.endsWith("/kustomization.yaml") && !path.endsWith("/kustomization.yml"))
    return path === "kustomization.yaml" || path === "kustomization.yml" ? "" : undefined;
  return path.slice(0, path.lastIndexOf("/"));
}

function kustomizationIn(files: Files, directory: string): string | undefined {
  const prefix = directory === "" ? "" : `${directory}/`;
  const path = `${prefix}kustomization.yaml`;
  if (files.has(path)) return path;
  const short = `${prefix}kustomization.yml`;
  return files.has(short) ? short : undefined;
}

function* linksOf({ path, documents }: FileFacts): Generator<readonly [target: string, consumer: Consumer]> {
  for (const document of documents) {
    for (const link of document.links) {
      const target = resolveLink(path, link.target, link.from);
      if (target !== undefined && target !== path)
        yield [
          target,
          { path, document, object: link.object, patch: link.patch === true, environment: link.environment },
        ];
    }
  }
}

/** Do they say the same about what they draw in? */
export function sameConsumers(a: readonly Consumer[], b: readonly Consumer[]): boolean {
  return a === b || (a.length === b.length && a.every((consumer, at) => sameConsumer(consumer, b[at])));
}

function sameConsumer(a: Consumer, b: Consumer | undefined): boolean {
  if (a === b) return true;
  if (
    b === undefined ||
    a.path !== b.path ||
    a.object !== b.object ||
    a.patch !== b.patch ||
    a.environment !== b.environment
  )
    return false;
  const [one, other] = [a.document, b.document];
  if (one === other) return true;
  const alike = one.kind === other.kind && one.name === other.name && one.namespace === other.namespace;
  return alike && sameAffix(one, other) && sameController(one, other);
}

function sameAffix({ affix: a }: DocumentFacts, { affix: b }: DocumentFacts): boolean {
  return a?.prefix === b?.prefix && a?.suffix === b?.suffix;
}

function sameController({ controller: a }: DocumentFacts, { controller: b }: DocumentFacts): boolean {
  return a?.kind === b?.kind && a?.targetNamespace === b?.targetNamespace;
}

function isSelf(path: string): (consumer: Consumer) => boolean {
  return (consumer) => consumer.path === path;
}

function pathOf({ path }: Consumer): string {
  return path;
}

function append<T>(map: Map<string, T[]>, key: string, value: T): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [value]);
  else list.push(value);
}
