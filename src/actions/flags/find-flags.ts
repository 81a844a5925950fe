/** The flags that a target's files hold: those of flag systems as a whole, and every other value with two states. */
import { basename } from "node:path/posix";
import type { CatalogueTarget, Field, FieldPath } from "../../gitops/catalogue/catalogue.ts";
import { documentKind } from "../../gitops/catalogue/document-kind.ts";
import { pathStartsWith } from "../../gitops/catalogue/path-starts-with.ts";
import { readTree } from "../../gitops/catalogue/read-tree.ts";
import type { YamlNode } from "../../gitops/yaml-tree.ts";
import { readObjects } from "../read-objects.ts";
import type { FlagChange, FlagFormat } from "./flag.ts";
import { flagd } from "./flagd.ts";
import { flipt } from "./flipt.ts";
import { goFeatureFlag } from "./go-feature-flag.ts";
import { switchesIn } from "./switches-in.ts";

export interface TargetFlag {
  /** Of a switch, its object's name and all steps of its path with dots between them; a person may name the last ones only. */
  readonly name: string;
  readonly kind: "flag" | "switch";
  readonly file: string;
  readonly document: number;
  /** Everything below it is the flag's. */
  readonly path: FieldPath;
  readonly line: number;
  readonly namespace?: string | undefined;
  /** It is text inside a value of the file. */
  readonly embedded: boolean;
  /** Another layer decides. */
  readonly shadowed: boolean;
  readonly change: (state: string) => FlagChange;
}

const formats: readonly FlagFormat[] = [flagd, goFeatureFlag, flipt];

/** `files`: current texts. In the order of the target's fields, flags of flag systems first. */
export function findFlags(entry: CatalogueTarget, files: ReadonlyMap<string, string>): readonly TargetFlag[] {
  const { objectOf } = readObjects(entry, files);
  const byFile = Map.groupBy(entry.fields, ({ file }) => file);
  const flags = [...byFile].flatMap(([file, fields]) => systemFlags(file, files.get(file), fields));
  const isOwn = (field: Field) => !flags.some((flag) => holdsField(flag, field));
  return [...flags, ...switchesIn(entry.fields.filter(isOwn), (field) => objectOf(field)?.name)];
}

export function holdsField(flag: Pick<TargetFlag, "file" | "document" | "path">, field: Field): boolean {
  return flag.file === field.file && flag.document === field.document && pathStartsWith(field.path, flag.path);
}

function systemFlags(file: string, text: string | undefined, fields: readonly Field[]): readonly TargetFlag[] {
  if (text === undefined) return [];
  const parsed = readTree(file, text);
  if (!parsed.ok) return [];
  return parsed.documents.flatMap((root, document) => {
    const kind = documentKind(file, root);
    const own = fields.filter((field) => field.document === document);
    const found = kind === "ConfigMap" ? embeddedFlags(root) : flagsOf(root, kind);
    return found.flatMap((flag) => {
      const inside = own.filter((field) => pathStartsWith(field.path, flag.path));
      const [first] = inside;
      if (first === undefined) return [];
      const shadowed = inside.every(({ shadowedBy }) => shadowedBy !== undefined);
      return [{ ...flag, kind: "flag" as const, file, document, line: first.line, shadowed }];
    });
  });
}

type DocumentFlag = Pick<TargetFlag, "name" | "path" | "namespace" | "embedded" | "change">;

function flagsOf(root: YamlNode, kind: string | undefined): readonly DocumentFlag[] {
  return formats.flatMap((format) =>
    format.flagsIn(root, kind).map((flag) => ({
      name: flag.name,
      path: flag.path,
      namespace: flag.namespace,
      embedded: false,
      change: (state: string) => format.change(flag, state),
    })),
  );
}

/** Files in blocks of text. */
function embeddedFlags(root: YamlNode): readonly DocumentFlag[] {
  const data = root.kind === "mapping" ? root.entries.find(({ key }) => key === "data")?.value : undefined;
  if (data?.kind !== "mapping") return [];
  return data.entries.flatMap(({ key = "", value }) => {
    if (value.kind !== "scalar" || value.style !== "block" || !/\.(?:ya?ml|json)$/i.test(key)) return [];
    const parsed = readTree(basename(key), value.value);
    const [inner] = parsed.ok ? parsed.documents : [];
    const flags = inner === undefined ? [] : flagsOf(inner, undefined);
    return flags.map((flag) => ({ ...flag, path: ["data", key, ...flag.path], embedded: true }));
  });
}
