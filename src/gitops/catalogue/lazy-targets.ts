/** Targets whose fields are read from the files when somebody first looks at them. */
import type { RepositoryFile } from "../repository-file.ts";
import type { AssembledTarget } from "./assembled-target.ts";
import type { CatalogueTarget, Field, FieldPath, Mention, Scope } from "./catalogue.ts";
import { collectFields } from "./collect-fields.ts";
import type { FileFacts } from "./document-facts.ts";
import type { ClaimContext } from "./document-names.ts";
import type { Holding } from "./find-holdings.ts";
import { type FoundMention, findMentions } from "./find-mentions.ts";
import type { Reference } from "./find-references.ts";
import { findSharers } from "./find-sharers.ts";
import { layerFields } from "./layer-fields.ts";
import { at } from "./node-access.ts";
import { outermost } from "./outermost.ts";
import { type RecentTree, recentTrees } from "./recent-trees.ts";

interface TargetStructure {
  readonly assembled: readonly AssembledTarget[];
  readonly context: ClaimContext;
  readonly holdings: (file: string) => readonly Holding[];
  readonly references: (service: string) => readonly Reference[];
}

export function lazyTargets(structure: TargetStructure, texts: ReadonlyMap<string, RepositoryFile>): CatalogueTarget[] {
  const { assembled, context, holdings, references } = structure;
  const trees = recentTrees(texts);
  return assembled.map((self) => {
    const { target } = self;
    let fields: readonly Field[] | undefined;
    let scopes: readonly Scope[] | undefined;
    let runsAs: readonly string[] | undefined;
    return {
      target,
      get runsAs(): readonly string[] {
        runsAs ??= self.runningNames();
        return runsAs;
      },
      get scopes(): readonly Scope[] {
        scopes ??= outermost(self.claims.map((claim) => claim.scope));
        return scopes;
      },
      get fields(): readonly Field[] {
        fields ??= layerFields(readFields(self, this.scopes, { trees, facts: context.files, holdings }), {
          target,
          files: new Set(self.claims.map(({ scope }) => scope.file)),
          texts,
          context,
        });
        return fields;
      },
      get mentions(): readonly Mention[] {
        return mentionsOf(self, findMentions(target.service, references, texts));
      },
    };
  });
}

const none: readonly never[] = [];

/** Where its own environment is, and only in files that aren't its own anyway. */
function mentionsOf({ target, claims }: AssembledTarget, found: readonly FoundMention[]): readonly Mention[] {
  if (found.length === 0) return none;
  const own = new Set(claims.filter(({ scope }) => scope.path.length === 0).map(({ scope }) => scope.file));
  const here = (chain: readonly string[]): boolean =>
    target.environment === undefined || chain.length === 0 || chain.includes(target.environment);
  return found
    .filter(({ file, chains }) => !own.has(file) && chains.some(here))
    .map(({ file, line, text, disabled }) => ({ file, line, text, disabled }));
}

interface FieldContext {
  readonly trees: (file: string) => RecentTree | undefined;
  readonly facts: ReadonlyMap<string, FileFacts>;
  readonly holdings: (file: string) => readonly Holding[];
}

function readFields(self: AssembledTarget, scopes: readonly Scope[], context: FieldContext): readonly Field[] {
  const byFile = Map.groupBy(scopes, ({ file }) => file);
  return [...byFile].sort(([a], [b]) => (a < b ? -1 : 1)).flatMap(([file, own]) => fieldsIn(self, file, own, context));
}

function fieldsIn(
  self: AssembledTarget,
  file: string,
  scopes: readonly Scope[],
  { trees, facts, holdings }: FieldContext,
): readonly Field[] {
  const tree = trees(file);
  if (tree === undefined) return none;
  const { text, documents, lineAt } = tree;
  const held = holdings(file);
  const sharers = new Map<number, (path: FieldPath) => readonly string[]>();
  const fields: Field[] = [];
  for (const { document, path } of scopes) {
    const node = at(documents[document], ...path);
    const kind = facts.get(file)?.documents[document]?.kind;
    if (node === undefined) continue;
    const sharedWith = sharers.get(document) ?? findSharers(self, held, document);
    sharers.set(document, sharedWith);
    for (const field of collectFields({ file, document, kind, text, lineAt }, node, path))
      fields.push({ ...field, sharedWith: sharedWith(field.path) });
  }
  return fields.sort((a, b) => a.range[0] - b.range[0]);
}
