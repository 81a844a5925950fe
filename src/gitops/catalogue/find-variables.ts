/** For fields that Flux fills in: where their variables are set. For fields that set one: where it is put. */
import type { Field, Layer, Place } from "./catalogue.ts";
import type { LayerContext } from "./layer-fields.ts";
import { lineIndex } from "./line-index.ts";
import { at } from "./node-access.ts";
import type { DataPlace } from "./object-index.ts";
import { readTree } from "./read-tree.ts";
import { variableNames } from "./variable-names.ts";

/** Enough to see who is concerned. */
const maxConsumers = 100;

export interface Variables {
  readonly setBy?: readonly Layer[];
  readonly consumers?: readonly Place[];
}

export function findVariables({ context, texts, target }: LayerContext): (field: Field) => Variables {
  const { substitutions, graph } = context;
  const here = (file: string): boolean => {
    const chains = graph.placements(file).map(({ chain }) => chain);
    return (
      target.environment === undefined ||
      chains.some((chain) => chain.length === 0 || chain.includes(target.environment ?? ""))
    );
  };
  const setBy = (field: Field): readonly Layer[] => {
    const names = field.value.includes("${") ? new Set(variableNames(field.value)) : undefined;
    if (names === undefined || names.size === 0) return [];
    return substitutions
      .into(field.file)
      .filter(({ variable, by }) => names.has(variable) && here(by.file))
      .flatMap(({ variable, place }) => {
        const line = lineOf(place, texts);
        return line === undefined ? [] : [{ file: place.file, line, why: `Flux puts \${${variable}} in from there` }];
      });
  };
  const consumers = (field: Field): readonly Place[] => {
    const own = substitutions
      .setIn(field.file)
      .filter(
        ({ place }) => place.document === field.document && place.path.join("\u0000") === field.path.join("\u0000"),
      );
    return own
      .flatMap(({ variable, into }) => usesOf(variable, into, texts.get(into)?.text ?? ""))
      .slice(0, maxConsumers);
  };
  return (field) => {
    const [set, put] = [setBy(field), consumers(field)];
    return { ...(set.length === 0 ? {} : { setBy: set }), ...(put.length === 0 ? {} : { consumers: put }) };
  };
}

function lineOf({ file, document, path }: DataPlace, texts: LayerContext["texts"]): number | undefined {
  const text = texts.get(file)?.text ?? "";
  const parsed = readTree(file, text);
  const node = parsed.ok ? at(parsed.documents[document], ...path) : undefined;
  return node?.kind === "scalar" && node.start >= 0 ? lineIndex(text)(node.start) : undefined;
}

function usesOf(variable: string, file: string, text: string): readonly Place[] {
  return text
    .split("\n")
    .flatMap((line, index) =>
      line.includes("${") && variableNames(line).includes(variable) ? [{ file, line: index + 1 }] : [],
    );
}
