/** Targets whose fields are read from the files when somebody first looks at them. */
import { targetKey } from "../../target.ts";
import type { RepositoryFile } from "../repository-file.ts";
import type { AssembledTarget } from "./assemble-targets.ts";
import type { CatalogueTarget, Field, FieldPath, Mention, Scope } from "./catalogue.ts";
import type { Claim } from "./claim.ts";
import { type BareField, collectFields } from "./collect-fields.ts";
import type { FileFacts } from "./document-facts.ts";
import type { ClaimContext } from "./document-names.ts";
import { type FoundMention, findMentions } from "./find-mentions.ts";
import { layerFields } from "./layer-fields.ts";
import { at } from "./node-access.ts";
import { type RecentTree, recentTrees } from "./recent-trees.ts";

interface Owner {
  readonly key: string;
  readonly environment: string | undefined;
  readonly path: FieldPath;
  /** A claim's rank, less where the target is only a wider environment around the claim. */
  readonly rank: number;
  readonly chain: readonly string[];
}

export function lazyTargets(
  assembled: readonly AssembledTarget[],
  texts: ReadonlyMap<string, RepositoryFile>,
  context: ClaimContext,
): CatalogueTarget[] {
  let owners: ReadonlyMap<string, readonly Owner[]> | undefined;
  let mentions: ReadonlyMap<string, readonly FoundMention[]> | undefined;
  const trees = recentTrees(texts);
  return assembled.map(({ target, claims }) => {
    let fields: readonly Field[] | undefined;
    let runsAs: readonly string[] | undefined;
    return {
      target,
      get runsAs(): readonly string[] {
        runsAs ??= [...new Set(claims.map((claim) => claim.runsAs))].filter((name) => name !== undefined);
        return runsAs;
      },
      get scopes(): readonly Scope[] {
        return outermost(claims.map((claim) => claim.scope));
      },
      get fields(): readonly Field[] {
        owners ??= ownersByDocument(assembled);
        fields ??= layerFields(readFields({ target, claims }, trees, context.files, owners), {
          target,
          files: new Set(claims.map(({ scope }) => scope.file)),
          texts,
          context,
        });
        return fields;
      },
      get mentions(): readonly Mention[] {
        mentions ??= findMentions(texts, context);
        return mentionsOf({ target, claims }, mentions.get(target.service) ?? []);
      },
    };
  });
}

/** Where its own environment is, and only in files that aren't its own anyway. */
function mentionsOf({ target, claims }: AssembledTarget, found: readonly FoundMention[]): readonly Mention[] {
  const own = new Set(claims.filter(({ scope }) => scope.path.length === 0).map(({ scope }) => scope.file));
  const here = (chain: readonly string[]): boolean =>
    target.environment === undefined || chain.length === 0 || chain.includes(target.environment);
  return found
    .filter(({ file, chains }) => !own.has(file) && chains.some(here))
    .map(({ file, line, text, disabled }) => ({ file, line, text, disabled }));
}

/** Parts that lie within no other part of the list. */
function outermost(scopes: readonly Scope[]): Scope[] {
  const byDocument = new Map<string, Scope[]>();
  for (const scope of [...scopes].sort((a, b) => a.path.length - b.path.length)) {
    const key = documentKey(scope);
    const kept = byDocument.get(key) ?? [];
    if (!kept.some((outer) => isWithin(scope.path, outer.path))) kept.push(scope);
    byDocument.set(key, kept);
  }
  return [...byDocument.values()].flat();
}

function readFields(
  self: AssembledTarget,
  trees: (file: string) => RecentTree | undefined,
  facts: ReadonlyMap<string, FileFacts>,
  owners: ReadonlyMap<string, readonly Owner[]>,
): readonly Field[] {
  const fields: Field[] = [];
  const scopes = outermost(self.claims.map((claim) => claim.scope));
  for (const file of [...new Set(scopes.map((scope) => scope.file))].sort()) {
    const tree = trees(file);
    if (tree === undefined) continue;
    const { text, documents, lineAt } = tree;
    const own: Field[] = [];
    for (const { document, path } of scopes.filter((scope) => scope.file === file)) {
      const node = at(documents[document], ...path);
      const kind = facts.get(file)?.documents[document]?.kind;
      if (node === undefined) continue;
      const known = owners.get(documentKey({ file, document, path })) ?? [];
      for (const field of collectFields({ file, document, kind, text, lineAt }, node, path))
        own.push({ ...field, sharedWith: sharedWith(field, self, known) });
    }
    fields.push(...own.sort((a, b) => a.range[0] - b.range[0]));
  }
  return fields;
}

function sharedWith(field: BareField, self: AssembledTarget, owners: readonly Owner[]): readonly string[] {
  const own = targetKey(self.target);
  const holders = owners.filter((owner) => isWithin(field.path, owner.path));
  const strongest = Math.max(...holders.map((owner) => owner.rank));
  const mine = Math.max(...holders.filter((owner) => owner.key === own).map((owner) => owner.rank));
  const { environment } = self.target;
  const shared = new Set<string>();
  for (const owner of holders) {
    if (owner.rank < strongest || owner.key === own) continue;
    // What is a part of this target itself isn't somebody else.
    const inside =
      owner.rank > mine &&
      (environment === undefined || owner.chain.includes(environment) || owner.environment === environment);
    if (!inside) shared.add(owner.key);
  }
  return [...shared].sort();
}

function ownersByDocument(assembled: readonly AssembledTarget[]): ReadonlyMap<string, readonly Owner[]> {
  const owners = new Map<string, Owner[]>();
  for (const { target, claims } of assembled) {
    for (const claim of claims) {
      const key = documentKey(claim.scope);
      const list = owners.get(key) ?? [];
      list.push({
        key: targetKey(target),
        environment: target.environment,
        path: claim.scope.path,
        rank: rankOf(claim, target.environment),
        chain: claim.chain,
      });
      owners.set(key, list);
    }
  }
  return owners;
}

function rankOf(claim: Claim, environment: string | undefined): number {
  const around = environment !== undefined && claim.chain.length > 0 && claim.chain.at(-1) !== environment;
  return around ? claim.rank - 0.5 : claim.rank;
}

function documentKey(scope: Scope): string {
  return `${scope.document}:${scope.file}`;
}

function isWithin(path: FieldPath, outer: FieldPath): boolean {
  return outer.length <= path.length && outer.every((step, index) => step === path[index]);
}
