/** A target as `remit map --json` tells it. */
import type { Catalogue, CatalogueTarget, ControllerObject, Field, Mention } from "../../gitops/catalogue/catalogue.ts";
import type { Target } from "../../target.ts";
import { pathText } from "./path-text.ts";

export interface TargetDescription {
  readonly target: Target;
  readonly runsAs: readonly string[];
  readonly files: readonly string[];
  readonly fields: readonly FieldDescription[];
  readonly controllers: readonly Pick<ControllerObject, "kind" | "name" | "namespace">[];
  readonly mentions: readonly Mention[];
}

export type FieldDescription = Pick<
  Field,
  "file" | "line" | "document" | "role" | "value" | "shadowedBy" | "writers" | "setBy" | "consumers"
> & {
  readonly path: string;
  /** How many other targets the field determines, too. */
  readonly sharedWith: number;
};

export function describeTarget(catalogue: Catalogue, entry: CatalogueTarget): TargetDescription {
  const files = [...new Set((entry.scopes ?? entry.fields).map(({ file }) => file))].sort();
  return {
    target: entry.target,
    runsAs: entry.runsAs ?? [],
    files,
    fields: entry.fields.map(describeField),
    controllers: controllersOf(catalogue, files),
    mentions: entry.mentions ?? [],
  };
}

export function describeField(field: Field): FieldDescription {
  const { file, line, document, path, role, value, shadowedBy, writers, setBy, consumers, sharedWith } = field;
  return {
    file,
    line,
    document,
    path: pathText(path),
    role,
    value,
    sharedWith: sharedWith.length,
    ...(shadowedBy === undefined ? {} : { shadowedBy }),
    ...(writers === undefined ? {} : { writers }),
    ...(setBy === undefined ? {} : { setBy }),
    ...(consumers === undefined ? {} : { consumers }),
  };
}

/** The controller objects that apply any of the files, each name once: several clusters may have an object of the same name. */
export function controllersOf(catalogue: Catalogue, files: readonly string[]): TargetDescription["controllers"] {
  const applying = catalogue.controllers.filter(({ paths }) =>
    paths.some((path) => files.some((file) => isBelow(file, path))),
  );
  const names = applying.map(({ kind, name, namespace }) => ({ kind, name, namespace }));
  return [...new Map(names.map((each) => [JSON.stringify(each), each])).values()];
}

function isBelow(file: string, path: string): boolean {
  return path === "" || file === path || file.startsWith(`${path}/`);
}
