/** Placements that say the same are one object, and so are lists of them: most files end up where many others do. */
import type { Placement } from "./placement-graph.ts";

export class SharedPlacements {
  readonly #placements = new Map<string, Placement>();
  readonly #numbers = new Map<Placement, number>();
  readonly #lists = new Map<string, readonly Placement[]>();

  one(placement: Placement): Placement {
    const { chain, namespace, fallbackNamespace, prefix, suffix } = placement;
    const key = [chain.join("/"), namespace ?? "/", fallbackNamespace ?? "/", prefix, suffix].join("\u0000");
    const known = this.#placements.get(key);
    if (known !== undefined) return known;
    this.#placements.set(key, placement);
    this.#numbers.set(placement, this.#numbers.size);
    return placement;
  }

  /** Of placements that are shared themselves. */
  list(placements: readonly Placement[]): readonly Placement[] {
    const key = placements.map((placement) => this.#numbers.get(placement)).join();
    const known = this.#lists.get(key);
    if (known !== undefined) return known;
    this.#lists.set(key, placements);
    return placements;
  }
}
