/** A target as a part of its service's claims, which are gone through when somebody asks for them. */
import { type Target, targetKey } from "../../target.ts";
import { type Claim, type ClaimPlace, chainAround } from "./claim.ts";
import { firstNotBelowBy } from "./sorted-paths.ts";

export interface ServiceClaims {
  /** What the files' own documents claim, in the order of the files. */
  readonly own: readonly Claim[];
  /** What others claim for the service. */
  readonly others: readonly Claim[];
}

/** What of its service's claims is the target's. */
export interface Division {
  readonly environment: string | undefined;
  /** Only what is there or in no namespace. undefined: whatever the namespace. */
  readonly home: string | undefined;
  /** Of files that tell instances apart only these. */
  readonly instance: Instance | undefined;
}

export interface Instance {
  readonly files: ReadonlySet<string>;
  /** Files of all instances. */
  readonly all: ReadonlySet<string>;
}

export class AssembledTarget {
  readonly target: Target;
  /** `targetKey` of it. */
  readonly key: string;
  readonly #claims: ServiceClaims;
  readonly #division: Division;

  constructor(target: Target, claims: ServiceClaims, division: Division) {
    this.target = target;
    this.key = targetKey(target);
    this.#claims = claims;
    this.#division = division;
  }

  /** Each with its places here only. */
  get claims(): readonly Claim[] {
    return [...this.#here(this.#claims.own), ...this.#here(this.#claims.others)];
  }

  /** Those whose part is of the file. */
  claimsIn(file: string): readonly Claim[] {
    const { own, others } = this.#claims;
    const from = firstNotBelowBy(own, file, ({ scope }) => scope.file);
    let to = from;
    while (own[to]?.scope.file === file) to++;
    const there = others.filter(({ scope }) => scope.file === file);
    return [...this.#here(own.slice(from, to)), ...this.#here(there)];
  }

  /** What its objects are called here, where that isn't their own name. */
  runningNames(): readonly string[] {
    const names = new Set<string>();
    for (const claim of this.#here(this.#claims.own.filter(isObject)))
      for (const { prefix, suffix } of claim.places)
        if (prefix !== "" || suffix !== "") names.add(`${prefix}${claim.service}${suffix}`);
    return [...names];
  }

  *#here(claims: readonly Claim[]): Generator<Claim> {
    const { environment, home, instance } = this.#division;
    for (const claim of claims) {
      const { file } = claim.scope;
      if (instance?.all.has(file) && !instance.files.has(file)) continue;
      const places = claim.places.filter((place) => isIn(claim, place, environment) && isAt(place, home));
      if (places.length === claim.places.length) yield claim;
      else if (places.length > 0) yield { ...claim, places };
    }
  }
}

/** What is in no known environment is in each. */
export function isIn(claim: Pick<Claim, "service">, place: ClaimPlace, environment: string | undefined): boolean {
  if (environment === undefined) return true;
  const chain = chainAround(claim, place);
  return chain.length === 0 || chain.includes(environment);
}

function isAt({ namespace }: ClaimPlace, home: string | undefined): boolean {
  return home === undefined || namespace === undefined || namespace === home;
}

/** Only what runs something is met under the name that it has there. */
function isObject({ object, scope }: Claim): boolean {
  return object !== undefined && scope.path.length === 0;
}
