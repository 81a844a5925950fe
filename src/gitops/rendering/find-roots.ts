/** What would have to be rendered to see what a change of a file does: whoever applies it, directly or by whatever draws it in. Pure. */
import type { DocumentFacts, FileFacts } from "../catalogue/document-facts.ts";
import type { ClaimContext } from "../catalogue/document-names.ts";
import { kustomizedDirectory } from "../catalogue/link-index.ts";
import { resolveLink } from "../catalogue/resolve-link.ts";
import { directoryOf } from "../directory-of.ts";

/** A document that says what a controller applies, and how. */
export interface ControllerPlace {
  readonly file: string;
  /** Index of the document. */
  readonly document: number;
  /** Kustomizations that nothing draws in further, and that draw the document in; it is applied as it stands where there are none. */
  readonly within: readonly string[];
}

export type RenderRoot = {
  /** Environments around it, from the outermost to the innermost, one chain for each place that it ends up in. */
  readonly chains: readonly (readonly string[])[];
} & (
  | {
      readonly kind: "kustomization";
      readonly directory: string;
      /** Who applies it; undefined where the repository doesn't say. */
      readonly by: ControllerPlace | undefined;
    }
  /** Objects as they are written. */
  | { readonly kind: "objects"; readonly file: string }
  /** An Application, a HelmRelease or a helmfile's release that takes a chart or values from the file. */
  | { readonly kind: "release"; readonly by: ControllerPlace }
  /** A chart that nothing in the repository installs. */
  | { readonly kind: "chart"; readonly directory: string }
  /** Applications that ApplicationSets make apply it. */
  | { readonly kind: "generated"; readonly directory: string; readonly sets: readonly string[] }
);

type Context = Pick<ClaimContext, "files" | "traits" | "graph">;

/** Nothing for a file that nobody applies. */
export function findRoots(path: string, context: Context): readonly RenderRoot[] {
  const { files, graph } = context;
  const roots: RenderRoot[] = [];
  for (const file of drawingIn(path, context)) {
    const directory = kustomizedDirectory(file) ?? directoryOf(file);
    const appliers = controllersOf(directory, context);
    const outermost = graph.directConsumers(file).length === 0;
    const chains = graph.placements(file).map(({ chain }) => chain);
    for (const by of appliers) roots.push({ kind: "kustomization", directory, by, chains });
    const sets = setsOf(file, context);
    if (sets.length > 0) roots.push({ kind: "generated", directory, sets, chains });
    else if (outermost && appliers.length === 0)
      roots.push({ kind: "kustomization", directory, by: undefined, chains });
  }
  const releases = releasesOf(path, context);
  roots.push(...releases);
  if (roots.length > 0) return roots;
  const chains = graph.placements(path).map(({ chain }) => chain);
  const chart = chartAround(path, files);
  if (chart !== undefined) return [{ kind: "chart", directory: chart, chains }];
  return files.get(path)?.documents.some(isObject) === true ? [{ kind: "objects", file: path, chains }] : [];
}

/** Kustomizations that draw the file in, directly or not; itself, where it is one. */
function drawingIn(path: string, { files, graph }: Context): ReadonlySet<string> {
  const found = new Set(files.get(path)?.documents.some(({ kind }) => kind === "Kustomize") === true ? [path] : []);
  for (const file of graph.directConsumers(path)) found.add(file);
  for (const file of found) for (const next of graph.directConsumers(file)) found.add(next);
  return found;
}

/** Applications and Flux Kustomizations that name the directory. */
function controllersOf(directory: string, context: Context): readonly ControllerPlace[] {
  return context.traits.having("controllers").flatMap((file) =>
    file.documents.flatMap((document) => {
      const { controller, links, index } = document;
      if (controller?.kind !== "Application" && controller?.kind !== "Kustomization") return [];
      const names = links.some(
        ({ target, from, part }) => part !== true && resolveLink(file.path, target, from) === directory,
      );
      return names ? [placeOf(file.path, index, context)] : [];
    }),
  );
}

function placeOf(file: string, document: number, context: Context): ControllerPlace {
  const { graph } = context;
  const within = [...drawingIn(file, context)].filter((each) => graph.directConsumers(each).length === 0);
  return { file, document, within: within.map((each) => kustomizedDirectory(each) ?? directoryOf(each)) };
}

/** Files with ApplicationSets that make one for the kustomization. */
function setsOf(file: string, { traits, graph }: Context): readonly string[] {
  const sets = traits.having("applicationSets").filter(({ path }) => graph.drawn(path).includes(file));
  return sets.map(({ path }) => path);
}

/** Those that name the chart around the file, or the file as one of values. */
function releasesOf(path: string, context: Context): readonly RenderRoot[] {
  const { files, traits, graph } = context;
  const chart = chartAround(path, files);
  const found: RenderRoot[] = [];
  for (const file of traits.having("releases")) {
    // A chart's own dependencies are no release of it.
    for (const document of file.documents.filter((each) => each.kind !== undefined || isHelmfile(each))) {
      if (!namesChart(file, document, chart) && !namesValues(file, document, path)) continue;
      const chains = graph.placements(file.path).map(({ chain }) => chain);
      found.push({ kind: "release", by: placeOf(file.path, document.index, context), chains });
    }
  }
  return found;
}

function isHelmfile({ releases = [] }: DocumentFacts): boolean {
  return releases.some(({ name }) => name !== undefined);
}

function namesChart(file: FileFacts, document: DocumentFacts, chart: string | undefined): boolean {
  if (chart === undefined) return false;
  return (
    document.links.some(({ target, from }) => resolveLink(file.path, target, from) === chart) ||
    fileLayers(file, document).includes(chart === "" ? "values.yaml" : `${chart}/values.yaml`)
  );
}

function namesValues(file: FileFacts, document: DocumentFacts, path: string): boolean {
  return fileLayers(file, document).includes(path);
}

function fileLayers(file: FileFacts, { releases = [] }: DocumentFacts): readonly (string | undefined)[] {
  return releases.flatMap(({ layers }) =>
    layers.flatMap((layer) => {
      const link = layer.kind === "file" || layer.kind === "set" ? layer.link : undefined;
      return link === undefined ? [] : [resolveLink(file.path, link.target, link.from)];
    }),
  );
}

/** The directory of the outermost chart that the file is a part of: what lies in `charts/` is a part of the chart around it. */
export function chartAround(path: string, files: ReadonlyMap<string, unknown>): string | undefined {
  let found: string | undefined;
  for (let directory = directoryOf(path); ; directory = directoryOf(directory)) {
    const isChart = files.has(directory === "" ? "Chart.yaml" : `${directory}/Chart.yaml`);
    if (isChart && (found === undefined || found.startsWith(directory === "" ? "charts/" : `${directory}/charts/`)))
      found = directory;
    if (directory === "") return found;
  }
}

function isObject({ kind, name }: DocumentFacts): boolean {
  return kind !== undefined && kind !== "Kustomize" && name !== undefined;
}
