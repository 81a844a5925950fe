/**
 * Holds Flux's image automation to the tag that a rollback restores, in the same commit: the ImagePolicy that the line's marker names
 * may choose this tag only. The pin is a lease of its own: when it ends, the rollback stays.
 */
import { readable } from "../diagnosis/readable.ts";
import { parseImageReference } from "../gitops/catalogue/image-reference.ts";
import { at, textAt } from "../gitops/catalogue/node-access.ts";
import type { Edit } from "../gitops/edit/edit.ts";
import type { ActionInput } from "./action.ts";
import type { ActionResult, Candidate, FieldEffect } from "./candidate.ts";
import { candidateDigest } from "./candidate-digest.ts";
import { editFiles } from "./edit-files.ts";
import { leaseUntil } from "./lease-until.ts";
import { lineEffects } from "./line-effects.ts";
import { type RepositoryObject, readObjects } from "./read-objects.ts";
import { refused } from "./refused.ts";

type Refused = Extract<ActionResult, { outcome: "refused" }>;

export function pinImage(
  candidate: Candidate,
  { entry, files, catalogue, now }: ActionInput,
  lengthMs: number,
): ActionResult {
  const marked = candidate.effects.flatMap((effect) => markerOf(effect, files) ?? []);
  const [pin, ...others] = marked.filter(
    ({ policy, tag }, index) => marked.findIndex((other) => other.policy === policy && other.tag === tag) === index,
  );
  if (pin === undefined)
    return refused("pin-unclear", "no image automation that could be held is known to write these lines");
  if (others.length > 0) return refused("pin-unclear", "several image policies write these lines");
  const policies = readObjects(entry, files).own.filter((object) => isPolicy(object, pin.policy));
  const [policy, ...further] = policies;
  if (policy === undefined || further.length > 0)
    return refused("pin-unclear", `the ImagePolicy ${readable(pin.policy)} isn't among the target's own files`);
  if (candidate.files.some(({ path }) => path === policy.file))
    return refused("pin-unclear", "the image and its policy stand in one file, so the pin couldn't end by itself");
  const edits = pinning(policy, pin.tag);
  if ("outcome" in edits) return edits;
  const edited = editFiles(
    edits.map((edit) => ({ file: policy.file, edit })),
    files,
  );
  if (edited.outcome === "refused") return { outcome: "refused", reasons: [edited.reason] };
  const all = [...candidate.files, ...edited.files].toSorted((a, b) => (a.path < b.path ? -1 : 1));
  const plan = { action: candidate.action, target: candidate.target, files: all };
  const sharers = (catalogue.holders?.(policy.file) ?? []).filter(({ target }) => target !== entry.target).length;
  const shared = { code: "shared-field", message: `the pin holds for ${sharers} other targets, too` } as const;
  const held = {
    code: "pinned",
    message: `image automation may choose ${readable(pin.tag)} only, for a time`,
  } as const;
  return {
    outcome: "candidate",
    candidate: {
      ...candidate,
      ...plan,
      lines: lineEffects(all),
      title: `${candidate.title}, and pin it`,
      risks: [...candidate.risks.filter(({ code }) => code !== "automated-writer"), ...(sharers > 0 ? [shared] : [])],
      reasons: [...candidate.reasons, held],
      lease: { ...leaseUntil(now, lengthMs, "the image is pinned for a while"), paths: [policy.file] },
      digest: candidateDigest(plan),
    },
  };
}

/** `# {"$imagepolicy": "flux-system:checkout:tag"}` */
function markerOf({ file, line, after }: FieldEffect, files: ReadonlyMap<string, string>) {
  const text = files.get(file)?.split("\n")[line - 1] ?? "";
  const [, policy] = /#.*\{\s*"\$imagepolicy"\s*:\s*"([^":\s]+:[^":\s]+)(?::(?:tag|name))?"/.exec(text) ?? [];
  const image = parseImageReference(after);
  const tag = image?.tag ?? (after.includes("/") || after.includes(":") ? undefined : after);
  return policy === undefined || tag === undefined ? undefined : { policy, tag };
}

/** A policy without a namespace of its own gets one from the kustomization around it. */
function isPolicy({ kind, name, root }: RepositoryObject, policy: string): boolean {
  const [namespace, wanted] = policy.split(":");
  if (kind !== "ImagePolicy" || name !== wanted) return false;
  return (textAt(root, "metadata", "namespace") ?? namespace) === namespace;
}

/** A range of one version, or a pattern of one tag. What is extracted from a tag decides nothing among one. */
function pinning({ root, document }: RepositoryObject, tag: string): readonly Edit[] | Refused {
  const range = at(root, "spec", "policy", "semver", "range");
  if (range?.kind === "scalar") {
    const version = /^v?(\d+\.\d+\.\d+(?:[-+][\w.+-]+)?)$/.exec(tag)?.[1];
    if (version === undefined)
      return refused("pin-unclear", `${readable(tag)} is no semantic version, and the policy chooses among these`);
    return [{ document, path: ["spec", "policy", "semver", "range"], before: range.value, after: version }];
  }
  if (at(root, "spec", "policy", "numerical") !== undefined)
    return refused("pin-unclear", "the policy chooses by a number within the tag, which a pin would take away");
  const pattern = at(root, "spec", "filterTags", "pattern");
  const only = `^${tag.replace(/[.+^$*?()[\]{}|\\]/g, "\\$&")}$`;
  if (pattern === undefined)
    return [{ kind: "insert", document, path: ["spec", "filterTags", "pattern"], value: only }];
  if (pattern.kind !== "scalar") return refused("pin-unclear", "the policy's pattern can't be read");
  const extract = textAt(root, "spec", "filterTags", "extract");
  return [
    { document, path: ["spec", "filterTags", "pattern"], before: pattern.value, after: only },
    ...(extract === undefined
      ? []
      : [{ kind: "remove", document, path: ["spec", "filterTags", "extract"], before: extract } as const]),
  ];
}
