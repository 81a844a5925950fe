/** What one YAML document says about itself: who it is, what it draws in, what it is made of. Small enough to keep for every document. */
import type { ApplicationSetFacts } from "./application-set-facts.ts";
import type { FieldPath, WriterKind } from "./catalogue.ts";
import type { EnvironmentValues } from "./helmfile-environments.ts";
import type { ReleaseFacts } from "./release-facts.ts";
import type { SelectorFacts } from "./selector-facts.ts";

export interface FileFacts {
  readonly path: string;
  readonly documents: readonly DocumentFacts[];
  /** Of a kustomization: references that are commented out. */
  readonly disabled: readonly string[];
  /** Names of the variables that Flux may put into it. */
  readonly variables?: readonly string[] | undefined;
  readonly readable: boolean;
}

export interface DocumentFacts {
  readonly index: number;
  /** A Kubernetes object's kind. */
  readonly kind: string | undefined;
  readonly name: string | undefined;
  readonly namespace: string | undefined;
  /** Other names of what it runs: a release name, recommended labels. */
  readonly aliases: readonly string[];
  /** Image names (without tag) of its containers. */
  readonly images: readonly string[];
  /** Parts of it that have an identity of their own. */
  readonly items: readonly ItemFacts[];
  /** Files and directories that it draws in, as written. */
  readonly links: readonly Link[];
  /** Of a kustomization: what it puts around the names of all that it draws in. */
  readonly affix?: Affix | undefined;
  /** Of a kustomization: keys of what it puts on all that it draws in. */
  readonly marks?: Marks | undefined;
  /** Of a kustomization: what it patches, in its order. */
  readonly patches?: readonly PatchFacts[] | undefined;
  /** Of a kustomization: the ConfigMaps and Secrets that it makes. */
  readonly generators?: readonly GeneratorEntry[] | undefined;
  /** Of whatever installs charts: where each release's values come from. */
  readonly releases?: readonly ReleaseFacts[] | undefined;
  /** Of a helmfile. */
  readonly environments?: readonly EnvironmentValues[] | undefined;
  /** Of a Flux Kustomization: the variables that it sets itself, and the objects that it takes others from. */
  readonly substitutes?: SubstituteFacts | undefined;
  /** Of a chart. */
  readonly dependencies?: readonly DependencyFacts[] | undefined;
  /** Of a values file, of lines of `key=value`, and of a ConfigMap's or Secret's data: the topmost keys. */
  readonly keys?: readonly string[] | undefined;
  /** Of an object that tells somebody to write another one's fields. */
  readonly writes?: WritesFacts | undefined;
  readonly applicationSet?: ApplicationSetFacts | undefined;
  /** A controller object's own reach. */
  readonly controller: ControllerFacts | undefined;
}

export interface PatchFacts {
  /** Of the entry, or of the text of a patch that is written into it. */
  readonly path: FieldPath;
  /** As written; undefined for a patch that is written into the kustomization. */
  readonly file: string | undefined;
  /** The name of the one object that it is about, where it says one. */
  readonly name: string | undefined;
  /** What it is applied to; undefined where only the patch's own file says it. */
  readonly object: PatchedObject | undefined;
}

/** All undefined: objects that are selected in a way that isn't resolved here. */
export interface PatchedObject {
  readonly kind: string | undefined;
  readonly name: string | undefined;
  readonly labels?: SelectorFacts | undefined;
  readonly annotations?: SelectorFacts | undefined;
}

export interface SubstituteFacts {
  readonly variables: readonly string[];
  readonly from: readonly { readonly kind: string; readonly name: string }[];
}

export interface DependencyFacts {
  /** Its alias, where it has one. */
  readonly name: string;
  readonly aliased: boolean;
  /** The directory of its chart, as written; undefined for one from elsewhere. */
  readonly chart: string | undefined;
  /** Values that switch it on and off. */
  readonly condition: readonly FieldPath[];
}

export interface GeneratorEntry {
  readonly kind: "ConfigMap" | "Secret";
  readonly name: string;
  readonly path: FieldPath;
  /** As written: `values.yaml`, `values.yaml=web/values.yaml`. */
  readonly files: readonly string[];
  readonly envs: readonly string[];
  /** Their keys, by place. */
  readonly literals: readonly string[];
}

export interface WritesFacts {
  readonly kind: WriterKind;
  /** The object that it writes to; undefined for whatever the object itself applies. */
  readonly object: string | undefined;
  /** UTF-16 offset of where that is said. */
  readonly offset: number;
}

export interface Affix {
  readonly prefix: string;
  readonly suffix: string;
}

export interface Marks {
  readonly labels: readonly string[];
  readonly annotations: readonly string[];
}

export interface ItemFacts {
  readonly path: FieldPath;
  readonly names: readonly string[];
  /** The only one that it is for. */
  readonly environment?: string | undefined;
  /** It holds no version: its name counts only where the list is one of services. */
  readonly weak?: true;
  /** Of a Kustomize `images` entry: the image that it matches. */
  readonly image: string | undefined;
  /** Of a Kustomize `images` entry: what the image is called from there on. */
  readonly newImage?: string | undefined;
}

export interface Link {
  readonly target: string;
  /** `file`: from the file's own directory. `root`: from the repository's root. */
  readonly from: "file" | "root";
  /** Of a patch: the object that it is for. */
  readonly object?: string | undefined;
  readonly patch?: boolean;
  /** The one in which it counts, where the link says it. */
  readonly environment?: string | undefined;
  /** What many draw in, and nobody delivers as a whole. */
  readonly part?: boolean;
}

export interface ControllerFacts {
  readonly kind: "Application" | "ApplicationSet" | "Kustomization" | "HelmRelease";
  /** Where what it applies ends up. */
  readonly targetNamespace: string | undefined;
}
