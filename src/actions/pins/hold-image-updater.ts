/**
 * Argo CD Image Updater: told to ignore every tag of one image, which its documentation calls the way to disable updates for a while.
 * Annotations of an Application say so (v0, and v1 with `useAnnotations`), or the image's entry in an ImageUpdater (v1).
 */
import { readable } from "../../diagnosis/readable.ts";
import { at, itemsAt, textAt } from "../../gitops/catalogue/node-access.ts";
import type { Edit } from "../../gitops/edit/edit.ts";
import type { YamlNode } from "../../gitops/yaml-tree.ts";
import type { ActionInput } from "../action.ts";
import { type RepositoryObject, readObjects } from "../read-objects.ts";
import { type Hold, type Pinned, unheld } from "./hold.ts";

const who = "Argo CD Image Updater";
const prefix = "argocd-image-updater.argoproj.io";
/** A glob for any tag. */
const everyTag = "*";

/** One for each object that tells it to write the images. */
export function holdImageUpdater({ names }: Pinned, { entry, files }: ActionInput): readonly Hold[] {
  return readObjects(entry, files).own.flatMap((object) => {
    if (object.kind === "Application") return holdByAnnotation(object, names);
    return object.kind === "ImageUpdater" && textAt(object.root, "apiVersion")?.startsWith(`${prefix}/`) === true
      ? holdByEntries(object, names)
      : [];
  });
}

interface Listed {
  readonly alias: string | undefined;
  readonly name: string;
}

function holdByAnnotation({ file, document, root }: RepositoryObject, names: readonly string[]): readonly Hold[] {
  const annotations = ["metadata", "annotations"];
  const list = textAt(root, ...annotations, `${prefix}/image-list`);
  if (list === undefined) return [];
  const listed = list.split(",").map((each) => listedImage(each.trim()));
  const ours = listed.filter(({ name }) => means(name, names, listed.length));
  if (ours.length === 0) return [unheld(`${who} writes other images in ${file}, and perhaps this one`)];
  // Without an alias an image has no annotations of its own; what holds for all is right for the only one.
  if (listed.length > 1 && ours.some(({ alias }) => alias === undefined))
    return [unheld(`${who} has no alias for the image in ${file}, so it can't be told of this one alone`)];
  const keys = ours.map(
    ({ alias }) => `${prefix}/${alias === undefined ? "" : `${alias.replaceAll("/", "_")}.`}ignore-tags`,
  );
  const edits = [...new Set(keys)].flatMap((key): readonly Edit[] => {
    const path = [...annotations, key];
    const ignored = at(root, ...path);
    if (ignored === undefined) return [{ kind: "insert", document, path, value: everyTag }];
    if (ignored.kind !== "scalar" || ignored.value === everyTag) return [];
    return [{ document, path, before: ignored.value, after: everyTag }];
  });
  return held(file, edits);
}

function holdByEntries({ file, document, root }: RepositoryObject, names: readonly string[]): readonly Hold[] {
  const references = itemsAt(root, "spec", "applicationRefs").filter(
    (reference) => textAt(reference, "useAnnotations") !== "true",
  );
  const count = references.flatMap((reference) => itemsAt(reference, "images")).length;
  const patterns = new Set<string>();
  const edits: Edit[] = [];
  let found = false;
  for (const [index, reference] of itemsAt(root, "spec", "applicationRefs").entries()) {
    if (!references.includes(reference)) continue;
    for (const [place, image] of itemsAt(reference, "images").entries()) {
      if (!namesOf(image).some((name) => means(name, names, count))) continue;
      found = true;
      const settings = ["spec", "applicationRefs", index, "images", place, "commonUpdateSettings", "ignoreTags"];
      edits.push(...ignoring(document, settings, at(root, ...settings)));
      patterns.add(textAt(reference, "namePattern") ?? "");
    }
  }
  if (count === 0) return [];
  if (!found) return [unheld(`${who} writes other images in ${file}, and perhaps this one`)];
  const wide = [...patterns].find((pattern) => /[*?[]/.test(pattern));
  return held(file, edits, wide === undefined ? undefined : `every application called like ${readable(wide)}`);
}

/** What it pulls, and what a kustomization calls it. */
function namesOf(image: YamlNode): readonly string[] {
  const named = [textAt(image, "imageName"), textAt(image, "manifestTargets", "kustomize", "name")];
  return named.flatMap((text) => (text === undefined ? [] : [listedImage(text).name]));
}

function ignoring(
  document: number,
  path: readonly (string | number)[],
  ignored: YamlNode | undefined,
): readonly Edit[] {
  if (ignored === undefined) return [{ kind: "insert", document, path, value: [everyTag] }];
  const items = ignored.kind === "sequence" ? ignored.items : [];
  if (items.some((item) => item.kind === "scalar" && item.value === everyTag)) return [];
  return [{ kind: "insert", document, path: [...path, items.length], value: everyTag }];
}

/** What ignores every tag already writes nothing. */
function held(file: string, edits: readonly Edit[], wide?: string): readonly Hold[] {
  if (edits.length === 0) return [];
  const hold = { outcome: "held", who, edits: edits.map((edit) => ({ file, edit })) } as const;
  return [wide === undefined ? hold : { ...hold, wide }];
}

/** `alias=registry/name:~1.2` */
function listedImage(text: string): Listed {
  const [, alias, rest = ""] = /^(?:([^=]*)=)?(.*)$/s.exec(text) ?? [];
  const colon = rest.indexOf(":", rest.lastIndexOf("/") + 1);
  const name = (colon === -1 ? rest : rest.slice(0, colon)).replace(/@.*$/s, "");
  return { alias: alias === "" ? undefined : alias, name };
}

/** The only image of a list is meant where the repository doesn't spell a name out. */
function means(name: string, names: readonly string[], listed: number): boolean {
  return names.length === 0 ? listed === 1 : names.some((wanted) => plain(wanted) === plain(name));
}

function plain(name: string): string {
  return name.replace(/^(?:index\.)?docker\.io\//, "").replace(/^library\//, "");
}
