/** Renders roots of one side, each once. What can't be rendered says why. */

import { readTree } from "../../gitops/catalogue/read-tree.ts";
import { chartTree } from "../../gitops/rendering/chart-tree.ts";
import type { KustomizeOptions } from "../../gitops/rendering/kustomize-options.ts";
import { kustomizeTree } from "../../gitops/rendering/kustomize-tree.ts";
import type { ReleaseSpec } from "../../gitops/rendering/release-spec.ts";
import { objectsOf, type RenderedObject, renderedObjects } from "../../gitops/rendering/rendered-object.ts";
import { substituteVariables } from "../../gitops/rendering/substitute-variables.ts";
import { hindranceText } from "./hindrance-text.ts";
import type { Renderer, RenderJob, RenderTool } from "./renderer.ts";
import type { Side } from "./side.ts";

export type Rendered =
  | {
      readonly outcome: "rendered";
      readonly objects: readonly RenderedObject[];
      /** The programs; none for objects that are applied as they are written. */
      readonly by: readonly string[];
    }
  /** `fails`: the tool itself refuses it, so a controller would. */
  | { readonly outcome: "not-rendered"; readonly why: string; readonly fails: boolean };

export interface KustomizeWish {
  readonly directory: string;
  readonly options?: KustomizeOptions | undefined;
  /** Flux's, where whoever applies it has any. */
  readonly variables?: ReadonlyMap<string, string> | undefined;
}

export class RenderSession {
  readonly side: Side;
  readonly #renderer: Renderer | undefined;
  readonly #again: boolean;
  readonly #known = new Map<string, Promise<Rendered>>();

  /** `again`: charts, which may draw lots, are rendered anew. */
  constructor(side: Side, renderer: Renderer | undefined, again = false) {
    this.side = side;
    this.#renderer = renderer;
    this.#again = again;
  }

  /** Objects as they are written. */
  objects(file: string): Rendered {
    const text = this.side.view.text(file);
    // A file that comes or goes has no objects on the other side.
    if (text === undefined) return { outcome: "rendered", objects: [], by: [] };
    const parsed = readTree(file, text);
    const objects = parsed.ok ? objectsOf(parsed.documents) : undefined;
    return objects === undefined ? notRendered("it holds more than objects") : { outcome: "rendered", objects, by: [] };
  }

  kustomize(wish: KustomizeWish): Promise<Rendered> {
    const { directory, options, variables } = wish;
    const key = JSON.stringify([directory, options, variables && [...variables]]);
    return this.#once(key, async () => {
      const tree = kustomizeTree(directory, this.side.view, options);
      if ("why" in tree) return notRendered(hindranceText(tree));
      const files = await this.side.lay(tree);
      if (files === undefined) return notRendered("a file that it draws in is too large");
      return this.#run({ tool: "kustomize", files, directory }, variables);
    });
  }

  helm(spec: ReleaseSpec): Promise<Rendered> {
    return this.#once(JSON.stringify(spec), async () => {
      const { chart, release, namespace, values, set } = spec;
      const tree = chartTree(chart, this.side.view);
      if ("why" in tree) return notRendered(hindranceText(tree));
      const own = chart === "" ? "values.yaml" : `${chart}/values.yaml`;
      const written = spec.withoutOwnValues ? new Map([[own, "{}\n"]]) : tree.written;
      const files = await this.side.lay({ ...tree, written });
      if (files === undefined) return notRendered("a file of the chart is too large");
      return this.#run({ tool: "helm", files, chart, release, namespace, values, set }, undefined);
    });
  }

  #once(key: string, render: () => Promise<Rendered>): Promise<Rendered> {
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const rendering = render();
    this.#known.set(key, rendering);
    return rendering;
  }

  async #run(job: RenderJob, variables: ReadonlyMap<string, string> | undefined): Promise<Rendered> {
    const by = this.#renderer?.tools[job.tool];
    if (this.#renderer === undefined || by === undefined) return notRendered(missing[job.tool]);
    const anew = this.#again && job.tool === "helm";
    const rendering = await this.#renderer.render(anew ? { ...job, again: true } : job);
    if (rendering.outcome === "failed")
      return { ...notRendered(failures[rendering.why](job.tool)), fails: rendering.why === "refused" };
    const text = variables === undefined ? rendering.text : substituteVariables(rendering.text, variables);
    if (text === undefined) return notRendered("it has variables that only the cluster knows");
    const objects = renderedObjects(text);
    return objects === undefined
      ? notRendered(`what ${job.tool} prints can't be read`)
      : { outcome: "rendered", objects, by: [by] };
  }
}

export function notRendered(why: string): Extract<Rendered, { outcome: "not-rendered" }> {
  return { outcome: "not-rendered", why, fails: false };
}

const missing: Readonly<Record<RenderTool, string>> = {
  kustomize: "no kustomize 5 is at hand",
  helm: "no helm 3.16 or later is at hand",
};

const failures = {
  refused: (tool: RenderTool) => `${tool} can't render it`,
  time: (tool: RenderTool) => `${tool} took too long`,
  size: () => "it is too large",
  tool: (tool: RenderTool) => `${tool} isn't at hand`,
} as const;
