/** Where a target's traffic is split: lists of backends with weights, and single weights of what the rest doesn't get. */
import type { CatalogueTarget, Field, FieldPath } from "../../gitops/catalogue/catalogue.ts";
import { at, itemsAt, textAt } from "../../gitops/catalogue/node-access.ts";
import type { YamlNode } from "../../gitops/yaml-tree.ts";
import { type RepositoryObject, readObjects } from "../read-objects.ts";

export interface Split {
  readonly file: string;
  readonly line: number;
  /** The object that it is a part of. */
  readonly object: RepositoryObject | undefined;
  readonly shares: readonly Share[];
}

export interface Share {
  /** What a person may call it. */
  readonly names: readonly string[];
  /** undefined: no weight is written there. */
  readonly weight: number | undefined;
  /** undefined: it is what the others leave of the whole. */
  readonly field: Field | undefined;
}

/** In the order of the target's fields. A backend alone is no split. */
export function findSplits(entry: CatalogueTarget, files: ReadonlyMap<string, string>): readonly Split[] {
  const { objectOf } = readObjects(entry, files);
  const weights = entry.fields.filter(({ role, value }) => role === "weight" && /^\d{1,9}$/.test(value));
  const lists = Map.groupBy(weights.filter(isListed), ({ file, document, path }) =>
    JSON.stringify([file, document, path.slice(0, -2)]),
  );
  const listed = [...lists.values()].flatMap((fields) => listSplit(fields, objectOf) ?? []);
  const single = weights.flatMap((field) => singleSplit(field, objectOf(field)) ?? []);
  return [...listed, ...single];
}

function isListed({ path }: Field): boolean {
  return path.at(-1) === "weight" && path.length > 2;
}

function listSplit(
  fields: readonly Field[],
  objectOf: (field: Field) => RepositoryObject | undefined,
): Split | undefined {
  const [first] = fields;
  const object = first && objectOf(first);
  const list = first && at(object?.root, ...first.path.slice(0, -2));
  if (first === undefined || list === undefined) return undefined;
  const shares = backends(list).map(({ step, node, names }): Share => {
    const field = fields.find(({ path }) => path.at(-2) === step);
    const written = textAt(node, "weight");
    return { names, weight: field === undefined || written === undefined ? undefined : Number(field.value), field };
  });
  return shares.length < 2 ? undefined : { file: first.file, line: first.line, object, shares };
}

interface Backend {
  readonly step: string | number;
  readonly node: YamlNode;
  readonly names: readonly string[];
}

/** Items of a list; or mappings below the backends' names, as some charts have them. */
function backends(list: YamlNode): readonly Backend[] {
  if (list.kind === "sequence") return list.items.map((node, step) => ({ step, node, names: namesOf(node) }));
  if (list.kind !== "mapping") return [];
  return list.entries.flatMap(({ key, value }) =>
    key !== undefined && at(value, "weight") !== undefined ? [{ step: key, node: value, names: [key] }] : [],
  );
}

/** `host: checkout.shop.svc.cluster.local` is called `checkout`, too. */
function namesOf(node: YamlNode): readonly string[] {
  const host = textAt(node, "destination", "host");
  const names = [
    textAt(node, "destination", "subset"),
    host,
    host?.split(".")[0],
    textAt(node, "name"),
    textAt(node, "service"),
  ];
  return [...new Set(names.filter((name) => name !== undefined))];
}

const nginx = /^nginx\.ingress\.kubernetes\.io\/canary-weight$/;

/** A canary's Ingress, or the only step of a Rollout that sets a weight: the stable version gets the rest. */
function singleSplit(field: Field, object: RepositoryObject | undefined): Split | undefined {
  const key = `${field.path.at(-1)}`;
  const whole = nginx.test(key) ? wholeOf(object, field.path) : key === "setWeight" ? 100 : undefined;
  const weight = Number(field.value);
  if (whole === undefined || weight > whole) return undefined;
  const canary = { names: ["canary", ...[object?.name ?? []].flat(), ...servicesOf(object)], weight, field };
  const stable = { names: ["stable"], weight: whole - weight, field: undefined };
  return { file: field.file, line: field.line, object, shares: [canary, stable] };
}

function wholeOf(object: RepositoryObject | undefined, path: FieldPath): number | undefined {
  const total = textAt(object?.root, ...path.slice(0, -1), `${path.at(-1)}-total`);
  return total === undefined ? 100 : /^\d{1,9}$/.test(total) ? Number(total) : undefined;
}

function servicesOf(object: RepositoryObject | undefined): readonly string[] {
  const paths = itemsAt(object?.root, "spec", "rules").flatMap((rule) => itemsAt(rule, "http", "paths"));
  return paths.flatMap((path) => textAt(path, "backend", "service", "name") ?? []);
}
