/** Whether images can still be pulled. Implemented in server/registries/; absent where the deployment names no registry. */
export interface Images {
  /** Never throws: a registry that can't be asked leaves it unknown. `reference`: as manifests spell it. */
  look(reference: string): Promise<ImageWord>;
}

/** `why`: the end of a sentence. Holds nothing that a registry said. */
export type ImageWord = { readonly word: "there" } | { readonly word: "gone" | "unknown"; readonly why: string };
