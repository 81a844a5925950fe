/** Files of one directory, in the same environments, that the same files draw in: they end up alike. */
import { directoryOf } from "../directory-of.ts";
import { isDirectlyIn } from "./is-directly-in.ts";
import type { Consumer } from "./link-index.ts";
import type { Placement } from "./placement-graph.ts";

interface Alike {
  placements: readonly Placement[] | undefined;
}

interface Kind {
  readonly chain: readonly string[];
  readonly drawnBy: readonly Consumer[];
  readonly alike: Alike;
}

export class Siblings {
  /** Of the directory that was asked about last: those of one come together, or nearly so. */
  #directory: string | undefined;
  #here: Kind[] = [];

  find(path: string, chain: readonly string[], drawnBy: readonly Consumer[]): Alike {
    if (this.#directory === undefined || !isDirectlyIn(path, this.#directory)) {
      this.#directory = directoryOf(path);
      this.#here = [];
    }
    const found = this.#here.find((other) => other.chain === chain && sameConsumers(other.drawnBy, drawnBy));
    if (found !== undefined) return found.alike;
    const alike: Alike = { placements: undefined };
    if (this.#here.length < maxAlike) this.#here.push({ chain, drawnBy, alike });
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
