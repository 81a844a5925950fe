/** What turns sources into the objects that a controller would apply. Effects, so whoever puts the rooms together gives it. */

export type RenderTool = "kustomize" | "helm";

export interface Renderer {
  /** What each is called, with its version, for people: `kustomize v5.5.0`. Absent: not at hand. */
  readonly tools: Readonly<Partial<Record<RenderTool, string>>>;
  /** Whatever isn't in `files` isn't there; nothing is fetched and no program is run. Never rejects for what the files hold. */
  render(job: RenderJob): Promise<Rendering>;
}

export type RenderJob = (KustomizeJob | HelmJob) & {
  /** Not what was printed before for the same: charts may draw lots. */
  readonly again?: true;
};

/** By path, below the root of what is laid out. */
export type JobFiles = ReadonlyMap<string, string | Uint8Array>;

export interface KustomizeJob {
  readonly tool: "kustomize";
  readonly files: JobFiles;
  /** "" for the root. */
  readonly directory: string;
}

export interface HelmJob {
  readonly tool: "helm";
  readonly files: JobFiles;
  /** Its directory; "" for the root. */
  readonly chart: string;
  readonly release: string;
  readonly namespace: string;
  /** Texts of values; of two that say the same the later one counts. */
  readonly values: readonly string[];
  /** Over all values: `image.tag=v2`, as `--set` and `--set-string` read it. */
  readonly set: readonly { readonly text: string; readonly string: boolean }[];
}

export type Rendering =
  | { readonly outcome: "rendered"; readonly text: string }
  /** `said`: the tool's own words. Untrusted text. */
  | { readonly outcome: "failed"; readonly why: "refused" | "time" | "size" | "tool"; readonly said: string };
