/** Flux's image automation: the ImagePolicy that a line's marker names may choose the restored tag only. */
import { readable } from "../../diagnosis/readable.ts";
import { parseImageReference } from "../../gitops/catalogue/image-reference.ts";
import { at, textAt } from "../../gitops/catalogue/node-access.ts";
import type { Edit } from "../../gitops/edit/edit.ts";
import type { ActionInput } from "../action.ts";
import type { Candidate, FieldEffect } from "../candidate.ts";
import { type RepositoryObject, readObjects } from "../read-objects.ts";
import { type Hold, unheld } from "./hold.ts";

/** One for each policy. */
export function holdPolicies(candidate: Candidate, { entry, files }: ActionInput): readonly Hold[] {
  const policies = new Map<string, Set<string>>();
  for (const effect of candidate.effects) {
    const [, policy] = marker.exec(files.get(effect.file)?.split("\n")[effect.line - 1] ?? "") ?? [];
    if (policy === undefined) continue;
    const tag = tagOf(effect);
    policies.set(policy, new Set([...(policies.get(policy) ?? []), ...(tag === undefined ? [] : [tag])]));
  }
  const own = policies.size === 0 ? [] : readObjects(entry, files).own;
  return [...policies].map(([policy, tags]) => hold(policy, [...tags], own));
}

/** `# {"$imagepolicy": "flux-system:checkout:tag"}` */
const marker = /#.*\{\s*"\$imagepolicy"\s*:\s*"([^":\s]+:[^":\s]+)(?::(?:tag|name|digest))?"/;

/** A line may hold a tag, a whole reference, a name or a digest. */
function tagOf({ role, after }: FieldEffect): string | undefined {
  if (role === "image-name" || role === "image-digest") return undefined;
  return parseImageReference(after)?.tag ?? (/[/:]/.test(after) ? undefined : after);
}

function hold(policy: string, tags: readonly string[], own: readonly RepositoryObject[]): Hold {
  const name = `the ImagePolicy ${readable(policy)}`;
  const [tag, ...otherTags] = tags;
  if (tag === undefined) return unheld(`which tag ${name} would have to choose isn't known`);
  if (otherTags.length > 0) return unheld(`${name} would have to choose several tags at once`);
  const [object, ...others] = own.filter((each) => isPolicy(each, policy));
  if (object === undefined || others.length > 0) return unheld(`${name} isn't among the target's own files`);
  const edit = pinning(object, tag);
  if (typeof edit === "string") return unheld(`${name} ${edit}`);
  return { outcome: "held", who: "Flux image automation", edits: [{ file: object.file, edit }] };
}

/** A policy without a namespace of its own gets one from the kustomization around it. */
function isPolicy({ kind, name, root }: RepositoryObject, policy: string): boolean {
  const [namespace, wanted] = policy.split(":");
  if (kind !== "ImagePolicy" || name !== wanted) return false;
  return (textAt(root, "metadata", "namespace") ?? namespace) === namespace;
}

/**
 * A range of one version, or a pattern of one tag in which whatever the policy extracts is found again: among one tag the order
 * decides nothing. Else what is wrong, as a sentence's end.
 */
function pinning({ root, document }: RepositoryObject, tag: string): Edit | string {
  const extract = textAt(root, "spec", "filterTags", "extract");
  const range = at(root, "spec", "policy", "semver", "range");
  if (range?.kind === "scalar" && extract === undefined) {
    const version = new RegExp(`^v?(${semver})$`).exec(tag)?.[1];
    if (version === undefined) return `chooses among semantic versions, and ${readable(tag)} is none`;
    return { document, path: ["spec", "policy", "semver", "range"], before: range.value, after: version };
  }
  const only = onlyTag(tag, extract, range !== undefined, at(root, "spec", "policy", "numerical") !== undefined);
  if (only === undefined)
    return `takes ${readable(extract)} out of a tag, which can't be told of ${readable(tag)} alone`;
  const path = ["spec", "filterTags", "pattern"];
  const pattern = at(root, ...path);
  if (pattern === undefined) return { kind: "insert", document, path, value: only };
  return pattern.kind === "scalar"
    ? { document, path, before: pattern.value, after: only }
    : "has a pattern that can't be read";
}

const semver = "\\d+\\.\\d+\\.\\d+(?:[-+][\\w.+-]+)?";

/** A regular expression as Go writes it. What is extracted is a group that the policy names: `$ts`, `${ts}` or `$1`. */
function onlyTag(tag: string, extract: string | undefined, versions: boolean, numbers: boolean): string | undefined {
  if (extract === undefined) return `^${escaped(tag)}$`;
  const [, group] = /^\$(?:\{(\w+)\}|(\w+))$/.exec(extract)?.filter((part) => part !== undefined) ?? [];
  const part = versions ? /\d+\.\d+\.\d+/ : numbers ? /\d+(?=\D*$)/ : /^.*$/;
  const found = part.exec(tag);
  if (group === undefined || found === null || (/^\d/.test(group) && group !== "1")) return undefined;
  const [before, after] = [tag.slice(0, found.index), tag.slice(found.index + found[0].length)];
  const opened = group === "1" ? "(" : `(?P<${group}>`;
  return `^${escaped(before)}${opened}${escaped(found[0])})${escaped(after)}$`;
}

function escaped(text: string): string {
  return text.replace(/[.+^$*?()[\]{}|\\]/g, "\\$&");
}
