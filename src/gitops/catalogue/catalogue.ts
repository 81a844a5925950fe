/** What exists in the repository and which bytes control it. Built by `buildCatalogue` (pure) from the files of one revision. */
import type { Target } from "../../target.ts";
import type { RenderRoot } from "../rendering/find-roots.ts";

export interface Catalogue {
  readonly targets: readonly CatalogueTarget[];
  /** GitOps controller objects that say which paths are delivered by whom. */
  readonly controllers: readonly ControllerObject[];
  /** Kustomizations that draw in other services than their own, found when somebody first asks. */
  readonly collections?: readonly Collection[];
  /** Files that couldn't be read, and why; everything else still works. */
  readonly diagnostics: readonly FileDiagnostic[];
  /** Places that count, and that the repository alone doesn't tell. */
  readonly unresolved?: readonly FileDiagnostic[];
  /** Who holds parts of a file. Absent: what the targets' scopes say. */
  readonly holders?: (file: string) => readonly Holder[];
  /** What would have to be rendered to see what a change of the file does. */
  readonly rootsOf?: (file: string) => readonly RenderRoot[];
}

/** A target with its parts of one file. */
export interface Holder {
  readonly target: Target;
  readonly scopes: readonly Scope[];
}

export interface CatalogueTarget {
  readonly target: Target;
  /** Names that it has only where it runs: a kustomization adds a prefix or suffix. */
  readonly runsAs?: readonly string[];
  /** The fields that determine the target, in file order. */
  readonly fields: readonly Field[];
  /** The parts of files that belong to the target, the places of fields that are gone included. */
  readonly scopes?: readonly Scope[];
  /** Lines of other files that draw the target in: without such a line it isn't delivered. */
  readonly mentions?: readonly Mention[];
}

export interface Collection {
  readonly file: string;
  /** Environments around it, from the outermost to the innermost, one chain for each place that it ends up in. */
  readonly chains: readonly (readonly string[])[];
}

/** A reference in a kustomization's list, such as `- ../../apps/checkout`. */
export interface Mention {
  readonly file: string;
  /** 1-based. */
  readonly line: number;
  /** The reference as it is written. */
  readonly text: string;
  /** Commented out. */
  readonly disabled: boolean;
}

/** Everything below `path` in a document of a file. */
export interface Scope {
  readonly file: string;
  readonly document: number;
  readonly path: FieldPath;
}

export type FieldRole =
  | "image"
  | "image-tag"
  | "image-digest"
  | "image-name"
  | "chart-version"
  | "revision"
  | "replicas"
  /** A share of traffic. */
  | "weight"
  /** Whether something runs, or is reconciled, at all. */
  | "suspend"
  /** How much of it may be down: a disruption budget. */
  | "availability"
  /** A request or limit of CPU, memory or storage. */
  | "resource"
  | "schedule"
  /** Changed for nothing but that pods are made anew. */
  | "restart"
  /** A switch: a boolean, a feature flag's state. */
  | "flag"
  | "other";

/** One scalar in one file. */
export interface Field {
  readonly file: string;
  /** Index of the YAML document in the file, from 0. */
  readonly document: number;
  /** Mapping keys (strings) and sequence indices (numbers), from the document's root. */
  readonly path: FieldPath;
  readonly role: FieldRole;
  /** The scalar's value as a string, unquoted. */
  readonly value: string;
  /** UTF-16 offsets of the scalar (quotes included) in the file's text: [start, end). */
  readonly range: readonly [start: number, end: number];
  /** 1-based. */
  readonly line: number;
  /** Targets that this same field also determines (shared file or base), by targetKey; blast radius. */
  readonly sharedWith: readonly string[];
  /** For an image: the repository part where it is known (`registry.example/shop/checkout`). */
  readonly image: string | undefined;
  /** Another layer that wins over this field wherever the target runs. */
  readonly shadowedBy?: Layer | undefined;
  /** Where the variables in its value are set. */
  readonly setBy?: readonly Layer[];
  /** Where its value is put, as that of a variable. */
  readonly consumers?: readonly Place[];
  /** Whoever else writes the field, or what it decides. */
  readonly writers?: readonly Writer[];
}

export interface Place {
  readonly file: string;
  /** 1-based. */
  readonly line: number;
}

export interface Layer extends Place {
  /** The rule of precedence, as a sentence's end: `a Kustomize images entry replaces it`. */
  readonly why: string;
}

export type WriterKind =
  | "hpa"
  | "keda"
  | "vpa"
  | "image-updater"
  | "flux-automation"
  | "applicationset"
  | "kargo"
  | "flagger"
  | "renovate";

/** Where somebody else is told to write. Renovate and its like leave traces in the history only. */
export interface Writer {
  readonly kind: WriterKind;
  readonly file: string;
  /** 1-based. */
  readonly line: number;
}

export type FieldPath = readonly (string | number)[];

export interface ControllerObject {
  readonly kind: "Application" | "Kustomization" | "HelmRelease";
  readonly name: string;
  readonly namespace: string | undefined;
  /** Directories of this repository that it applies. */
  readonly paths: readonly string[];
}

export interface FileDiagnostic {
  readonly file: string;
  readonly line: number | undefined;
  readonly message: string;
  /** It holds template actions, so that nobody expects it to be readable. */
  readonly template?: true;
}

export type Resolution =
  | { readonly outcome: "resolved"; readonly entry: CatalogueTarget; readonly why: string }
  | {
      readonly outcome: "none" | "ambiguous";
      readonly candidates: readonly Target[];
      /** Of an ambiguous outcome: what the candidates are, in the same order. Two may have the same target. */
      readonly entries?: readonly CatalogueTarget[];
      readonly why: string;
    };
