import type { LayerContext } from "./layer-fields.ts";

/**
 * Does whatever draws the file into the target's environment go through this kustomization? What one of several clusters of an
 * environment says isn't said for the environment.
 */
export function decidesForAll({ context, target }: LayerContext): (kustomization: string, file: string) => boolean {
  const { graph } = context;
  const known = new Map<string, readonly string[]>();
  const topsOf = (file: string): readonly string[] => {
    const before = known.get(file);
    if (before !== undefined) return before;
    const seen = new Set([file]);
    const tops: string[] = [];
    for (const path of seen) {
      const consumers = graph.directConsumers(path);
      if (consumers.length === 0) tops.push(path);
      for (const consumer of consumers) seen.add(consumer);
    }
    const here = tops.filter((path) => {
      const chains = graph.placements(path).map(({ chain }) => chain);
      return target.environment === undefined || chains.some((chain) => chain.includes(target.environment ?? ""));
    });
    known.set(file, here);
    return here;
  };
  return (kustomization, file) => topsOf(file).every((top) => graph.reachable(top).has(kustomization));
}
