/** How much CPU or memory the repository lets a container of a namespace have. Pure. */
import type { Catalogue, CatalogueTarget, Field } from "../gitops/catalogue/catalogue.ts";
import { parseQuantity } from "./quantity.ts";

export interface ResourceBound {
  /** Cores or bytes: of one container. */
  readonly most: number;
  readonly file: string;
  readonly line: number;
}

export interface BoundInput {
  readonly entry: CatalogueTarget;
  readonly catalogue: Catalogue;
  readonly resource: "cpu" | "memory";
  readonly of: "limits" | "requests";
}

/** The smallest of its LimitRanges and ResourceQuotas; of a quota the share of one of the target's pods. undefined: none is known. */
export function resourceBound({ entry, catalogue, resource, of }: BoundInput): ResourceBound | undefined {
  const { environment, namespace } = entry.target;
  const near = catalogue.targets.filter(
    ({ target }) => namespace !== undefined && target.environment === environment && target.namespace === namespace,
  );
  const pods = podsOf(entry);
  return [entry, ...near]
    .flatMap(({ fields }) => fields)
    .flatMap((field): readonly ResourceBound[] => {
      const parts = isQuota(field, resource, of) ? pods : isMaximum(field, resource) ? 1 : undefined;
      const stated = parts === undefined ? undefined : parseQuantity(field.value);
      if (parts === undefined || stated === undefined) return [];
      return [{ most: stated.amount / parts, file: field.file, line: field.line }];
    })
    .reduce<ResourceBound | undefined>(
      (least, each) => (least === undefined || each.most < least.most ? each : least),
      undefined,
    );
}

/** At least so many run: the largest number that is written. */
function podsOf({ fields }: CatalogueTarget): number {
  const numbers = fields.flatMap(({ role, shadowedBy, path, value }) =>
    role === "replicas" && shadowedBy === undefined && !/^max/i.test(String(path.at(-1))) && /^\d+$/.test(value)
      ? [Number(value)]
      : [],
  );
  return Math.max(1, ...numbers);
}

/** `spec.hard."limits.memory"`; a quota of `memory` is one of requests. */
function isQuota({ path }: Field, resource: string, of: string): boolean {
  const [spec, hard, what] = path;
  if (spec !== "spec" || hard !== "hard" || path.length !== 3) return false;
  return what === `${of}.${resource}` || (what === resource && of === "requests");
}

/** `spec.limits[0].max.memory` */
function isMaximum({ path }: Field, resource: string): boolean {
  const [spec, limits, item, max, what] = path;
  return spec === "spec" && limits === "limits" && typeof item === "number" && max === "max" && what === resource;
}
