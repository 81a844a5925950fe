/** Whom a candidate may change: its own target, and those that the catalogue counts beside it. */
import type { Candidate } from "../../actions/candidate.ts";
import type { RootDifferences } from "../../actions/effect/compare-effect.ts";
import { readable } from "../../diagnosis/readable.ts";
import type { Catalogue, CatalogueTarget } from "../../gitops/catalogue/catalogue.ts";
import { readDocument } from "../../gitops/catalogue/read-document.ts";
import type { RenderRoot } from "../../gitops/rendering/find-roots.ts";
import type { RenderedDifference } from "../../gitops/rendering/object-differences.ts";
import { type Target, targetKey, targetName } from "../../target.ts";

export interface CountedTargets {
  /** Does the target run there? */
  readonly isOwn: (root: Pick<RenderRoot, "chains">) => boolean;
  /** The name of a target that wasn't counted; undefined where the object may change. */
  readonly uncounted: (
    difference: RenderedDifference,
    root: RootDifferences,
    chains: RenderRoot["chains"],
  ) => string | undefined;
}

export function countedTargets(candidate: Candidate, { targets }: Catalogue): CountedTargets {
  const own = targets.filter(({ target }) => isPartOf(target, candidate.target));
  const keys = new Set(own.flatMap((entry) => sharers(candidate, entry)));
  const counted = targets.filter(({ target }) => keys.has(targetKey(target)));
  const mine = namesOf([...own, ...counted]);
  const all = new Map(targets.flatMap((entry) => [...namesOf([entry])].map((name) => [name, entry.target])));
  const { environment } = candidate.target;
  return {
    isOwn: ({ chains }) => isIn(environment, chains),
    uncounted({ object }, root, chains) {
      const facts = readDocument("object.yaml", object.root, 0);
      const names = [object.name, ...facts.aliases].flatMap((name) => [name, ...bareNames(name, chains, environment)]);
      const strangers = names.flatMap((name) => all.get(name) ?? []);
      const [stranger] = strangers;
      // What a controller's object is called says less than what it applies.
      const byName = root.settledElsewhere !== true && object.group !== "kustomize.toolkit.fluxcd.io";
      if (byName && stranger !== undefined && !names.some((name) => mine.has(name))) return readable(stranger.service);
      if (root.own || counted.some(({ target }) => isIn(target.environment, chains))) return undefined;
      return readable(targetName({ ...candidate.target, environment: chains[0]?.at(-1) }));
    },
  };
}

/** `checkout-production` is called like a service and an environment. */
function bareNames(name: string, chains: RenderRoot["chains"], environment: string | undefined): readonly string[] {
  return [...chains.flat(), environment ?? ""].flatMap((word) => {
    if (word === "") return [];
    if (name.endsWith(`-${word}`)) return [name.slice(0, -1 - word.length)];
    return name.startsWith(`${word}-`) ? [name.slice(word.length + 1)] : [];
  });
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

/** Of the fields that change, and of those beside what comes. */
function sharers({ effects, lines = [] }: Candidate, { fields }: CatalogueTarget): readonly string[] {
  const touched = fields.filter(
    ({ file, line }) =>
      effects.some((effect) => effect.file === file && effect.line === line) ||
      lines.some((hunk) => hunk.file === file && line >= hunk.line - 1 && line <= hunk.line + hunk.removed.length),
  );
  return touched.flatMap(({ sharedWith }) => sharedWith);
}
