/** What a candidate does to the objects that a controller applies. */

export interface ObjectEffect {
  /** `Deployment shop/checkout`. Names from the repository: make it code before it is shown. */
  readonly object: string;
  /** `spec.template.spec.containers.[name=app].image`. */
  readonly field: string;
  /** undefined: it comes. */
  readonly from: string | undefined;
  /** undefined: it goes. */
  readonly to: string | undefined;
  /** Where that isn't the target's own. A name from the repository. */
  readonly environment?: string;
}

export type RenderedEffect =
  | {
      readonly kind: "rendered";
      /** What rendered it, each with its version; empty where objects stand as they are applied. */
      readonly by: readonly string[];
      /** All that a controller would apply otherwise, but for what follows by itself. */
      readonly effects: readonly ObjectEffect[];
    }
  /** `why`: a sentence, for people. */
  | { readonly kind: "not-rendered"; readonly why: string };
