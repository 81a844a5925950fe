/** Files of one directory, in the same environments, that the same files draw in: they end up alike. */
import type { Consumer } from "./link-index.ts";
import type { Placement } from "./placement-graph.ts";

interface Alike {
  placements: readonly Placement[] | undefined;
}

export class Siblings {
  readonly #known = new Map<string, { chain: readonly string[]; drawnBy: readonly Consumer[]; alike: Alike }[]>();

  find(path: string, chain: readonly string[], drawnBy: readonly Consumer[]): Alike {
    const directory = directoryOf(path);
    const here = this.#known.get(directory) ?? [];
    if (here.length === 0) this.#known.set(directory, here);
    const found = here.find((other) => other.chain === chain && sameConsumers(other.drawnBy, drawnBy));
    if (found !== undefined) return found.alike;
    const alike: Alike = { placements: undefined };
    if (here.length < maxAlike) here.push({ chain, drawnBy, alike });
    return alike;
  }
}

/** Kinds of siblings in one directory that are told apart. */
const maxAlike = 8;

function sameConsumers(a: readonly Consumer[], b: readonly Consumer[]): boolean {
  return a.length === b.length && a.every((consumer, at) => isAlike(consumer, b[at]));
}

function isAlike(a: Consumer, b: Consumer | undefined): boolean {
  return a.path === b?.path && a.document === b.document && a.environment === b.environment;
}

function directoryOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf("/")));
}
