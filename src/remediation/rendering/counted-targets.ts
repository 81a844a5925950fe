/** Whom a change may change: its own targets, and those that the catalogue counts beside it. */
import type { FieldEffect, FileChange, LineEffect } from "../../actions/candidate.ts";
import type { RootDifferences } from "../../actions/effect/compare-effect.ts";
import { readable } from "../../diagnosis/readable.ts";
import type { Catalogue, CatalogueTarget, Field } from "../../gitops/catalogue/catalogue.ts";
import { fieldKey } from "../../gitops/catalogue/field-key.ts";
import { parseImageReference } from "../../gitops/catalogue/image-reference.ts";
import { readDocument } from "../../gitops/catalogue/read-document.ts";
import { documentsOf } from "../../gitops/catalogue/read-tree.ts";
import type { RenderRoot } from "../../gitops/rendering/find-roots.ts";
import type { RenderedDifference } from "../../gitops/rendering/object-differences.ts";
import { treeDifferences } from "../../gitops/rendering/tree-differences.ts";
import { type Target, targetKey } from "../../target.ts";

export interface CountedTargets {
  /** Does the target run there? */
  readonly isOwn: (root: Pick<RenderRoot, "chains">) => boolean;
  /** Was a target that runs there counted? */
  readonly isCounted: (root: Pick<RenderRoot, "chains">) => boolean;
  /** The name of a service that wasn't counted; undefined where the object may change. */
  readonly stranger: (
    difference: RenderedDifference,
    root: RootDifferences,
    chains: RenderRoot["chains"],
  ) => string | undefined;
}

/** What somebody would write, and for whom. */
export interface WrittenChange {
  readonly targets: readonly Target[];
  readonly files: readonly FileChange[];
  readonly effects: readonly Pick<FieldEffect, "file" | "line">[];
  readonly lines?: readonly LineEffect[];
  /** The commit that it takes back. */
  readonly suspect: string | undefined;
}

export function countedTargets(change: WrittenChange, catalogue: Catalogue): CountedTargets {
  const { targets } = catalogue;
  const own = targets.filter(({ target }) => change.targets.some((whole) => isPartOf(target, whole)));
  const keys = new Set(own.flatMap((entry) => sharers(change, entry)));
  const counted = targets.filter(({ target }) => keys.has(targetKey(target)));
  const written = changedNames(change);
  const mine = new Set([...written, ...namesOf([...own, ...counted])]);
  // Only looked for where a name is nobody's of those: to read the fields of other targets takes long.
  let others: ReadonlySet<string> | undefined;
  const alsoMine = () => {
    others ??= namesOf(sameThing(change, own, catalogue, written));
    return others;
  };
  const all = new Map(targets.flatMap((entry) => [...namesOf([entry])].map((name) => [name, entry.target])));
  const environments = change.targets.map(({ environment }) => environment);
  return {
    isOwn: ({ chains }) => environments.some((environment) => isIn(environment, chains)),
    isCounted: ({ chains }) => counted.some(({ target }) => isIn(target.environment, chains)),
    stranger({ object, path, from, to }, root, chains) {
      const facts = readDocument("object.yaml", object.root, 0);
      // Whoever runs the target's image is what the image's entry is about.
      const images = path.at(-1) === "image" ? [from, to].map((text) => imageName(text)) : [];
      const names = [object.name, ...facts.aliases, ...images.filter((name) => name !== undefined)].flatMap((name) => [
        name,
        ...bareNames(name, chains, environments),
      ]);
      const strangers = names.flatMap((name) => all.get(name) ?? []);
      const [stranger] = strangers;
      // What a controller's object is called says less than what it applies.
      const byName = root.settledElsewhere !== true && object.group !== "kustomize.toolkit.fluxcd.io";
      if (!byName || stranger === undefined || names.some((name) => mine.has(name))) return undefined;
      if (names.some((name) => alsoMine().has(name))) return undefined;
      return readable(stranger.service);
    },
  };
}

/** `checkout-production` is called like a service and an environment. */
function bareNames(
  name: string,
  chains: RenderRoot["chains"],
  environments: readonly (string | undefined)[],
): readonly string[] {
  return [...chains.flat(), ...environments].flatMap((word) => {
    if (word === undefined || word === "") return [];
    if (name.endsWith(`-${word}`)) return [name.slice(0, -1 - word.length)];
    return name.startsWith(`${word}-`) ? [name.slice(word.length + 1)] : [];
  });
}

/** Of the objects that the change is written in. */
function changedNames({ files }: WrittenChange): ReadonlySet<string> {
  const names = new Set<string>();
  for (const { path, before, after } of files) {
    const old = documentsOf(path, before);
    for (const [index, root] of documentsOf(path, after).entries()) {
      if (treeDifferences(old[index], root).length === 0) continue;
      const { kind, name, aliases } = readDocument(path, root, index);
      for (const each of kind === undefined ? [] : [name, ...aliases]) if (each !== undefined) names.add(each);
    }
  }
  return names;
}

/** What the target leaves open may be anything. */
function isPartOf(target: Target, { service, environment, namespace }: Target): boolean {
  return (
    target.service === service &&
    (environment === undefined || target.environment === environment) &&
    (namespace === undefined || target.namespace === namespace)
  );
}

function isIn(environment: string | undefined, chains: RenderRoot["chains"]): boolean {
  return environment === undefined || chains.some((chain) => chain.length === 0 || chain.includes(environment));
}

function namesOf(entries: readonly CatalogueTarget[]): ReadonlySet<string> {
  return new Set(entries.flatMap(({ target, runsAs = [] }) => [target.service, ...runsAs]));
}

function imageName(reference: string | undefined): string | undefined {
  const name = parseImageReference(reference ?? "")?.name;
  return name?.slice(name.lastIndexOf("/") + 1);
}

/** Of the fields that change, and of those beside what comes. */
function sharers(change: WrittenChange, entry: CatalogueTarget): readonly string[] {
  return touchedFields(change, entry).flatMap(({ sharedWith }) => sharedWith);
}

function touchedFields({ effects, lines = [] }: WrittenChange, { fields }: CatalogueTarget): readonly Field[] {
  return fields.filter(
    ({ file, line }) =>
      effects.some((effect) => effect.file === file && effect.line === line) ||
      lines.some((hunk) => hunk.file === file && line >= hunk.line - 1 && line <= hunk.line + hunk.removed.length),
  );
}

/** Targets of what the change is written in, and of what holds the very fields that change. */
function sameThing(
  change: WrittenChange,
  own: readonly CatalogueTarget[],
  catalogue: Catalogue,
  written: ReadonlySet<string>,
): readonly CatalogueTarget[] {
  const holding = holders(change, own, catalogue);
  return catalogue.targets.filter(({ target }) => written.has(target.service) || holding.has(target.service));
}

/** More hold a file that is everybody's. */
const mostHolders = 50;

/** Services that hold the very fields of the target that change, however weakly: the same thing by other names. */
function holders(
  change: WrittenChange,
  own: readonly CatalogueTarget[],
  { targets, holders: holdersOf = () => [] }: Catalogue,
): ReadonlySet<string> {
  const fields = new Set(own.flatMap((entry) => touchedFields(change, entry).map(fieldKey)));
  const keys = new Set(change.files.flatMap(({ path }) => holdersOf(path).map(({ target }) => targetKey(target))));
  if (keys.size > mostHolders) return new Set();
  const entries = targets.filter(({ target }) => keys.has(targetKey(target)));
  const touched = entries.filter((entry) => touchedFields(change, entry).some((field) => fields.has(fieldKey(field))));
  return new Set(touched.map(({ target }) => target.service));
}
