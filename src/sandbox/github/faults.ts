/** Faults on demand: what GitHub does on a bad day, at the moment that a test chooses. */
import { Refusal, type RefusalType } from "./world/refusal.ts";

export interface FaultMatcher {
  /** REST operation id (`pulls/merge`) or a root field of GraphQL (`createRef`). Any when left out. */
  readonly operation?: string | RegExp;
  readonly method?: string;
  /** Requests that fail; 1 unless told. */
  readonly times?: number;
  /** Matching requests that pass first. */
  readonly skip?: number;
}

export type FaultBehaviour =
  /** `before` or `after` the effect; `after` hides what happened. */
  | { readonly kind: "status"; readonly status: number; readonly when: "before" | "after"; readonly message?: string }
  /** A secondary rate limit, with or without `retry-after`. */
  | { readonly kind: "secondary-limit"; readonly status: 403 | 429; readonly retryAfterSeconds?: number }
  | { readonly kind: "drop"; readonly when: "before" | "after" }
  | { readonly kind: "delay"; readonly ms: number }
  /** One field of a GraphQL document fails; the others go on. */
  | { readonly kind: "field"; readonly type: RefusalType; readonly message: string };

interface Fault {
  readonly matcher: FaultMatcher;
  readonly behaviour: FaultBehaviour;
  left: number;
  skip: number;
}

export class Faults {
  #faults: Fault[] = [];

  /** Arms a fault; the function returned disarms it. */
  fail(matcher: FaultMatcher, behaviour: FaultBehaviour): () => void {
    const fault = { matcher, behaviour, left: matcher.times ?? 1, skip: matcher.skip ?? 0 };
    this.#faults.push(fault);
    return () => {
      this.#faults = this.#faults.filter((other) => other !== fault);
    };
  }

  clear(): void {
    this.#faults = [];
  }

  /** What strikes a request; each fault is used up by it. */
  strike(method: string, operations: readonly string[]): FaultBehaviour[] {
    return this.#take(method, operations, (behaviour) => behaviour.kind !== "field");
  }

  /** Throws when a fault is armed for this field of a GraphQL document. */
  beforeField(field: string): void {
    for (const behaviour of this.#take("POST", [field], ({ kind }) => kind === "field")) {
      if (behaviour.kind === "field") throw new Refusal(422, behaviour.message, { type: behaviour.type });
    }
  }

  #take(
    method: string,
    operations: readonly string[],
    wanted: (behaviour: FaultBehaviour) => boolean,
  ): FaultBehaviour[] {
    const struck: FaultBehaviour[] = [];
    for (const fault of this.#faults) {
      if (!wanted(fault.behaviour) || fault.left === 0 || !matches(fault.matcher, method, operations)) continue;
      if (fault.skip > 0) {
        fault.skip -= 1;
        continue;
      }
      fault.left -= 1;
      struck.push(fault.behaviour);
    }
    return struck;
  }
}

function matches(matcher: FaultMatcher, method: string, operations: readonly string[]): boolean {
  if (matcher.method !== undefined && matcher.method !== method) return false;
  const { operation } = matcher;
  if (operation === undefined) return true;
  return operations.some((name) => (typeof operation === "string" ? name === operation : operation.test(name)));
}
