/** What a person should know before merging a rollback. Each risk asks for a review. */
import { dirname } from "node:path/posix";
import type { TargetCommit } from "../diagnosis/target-commits.ts";
import type { Field } from "../gitops/catalogue/catalogue.ts";
import type { Reason } from "../reason.ts";
import type { FieldEffect } from "./candidate.ts";

export interface RiskInput {
  readonly effects: readonly { readonly field: Field; readonly effect: FieldEffect }[];
  /** Current texts. */
  readonly files: ReadonlyMap<string, string>;
  readonly undone: readonly TargetCommit[];
}

export function findRisks({ effects, files, undone }: RiskInput): readonly Reason[] {
  const risks: Reason[] = [];
  if (effects.some(({ effect }) => hasWriter(files.get(effect.file), effect.line))) {
    const message = "image automation writes this line and will write it again: pin or suspend it, too";
    risks.push({ code: "automated-writer", message });
  }
  const shared = Math.max(0, ...effects.map(({ field }) => field.sharedWith.length));
  if (shared > 0) {
    const others = shared === 1 ? "1 other target" : `${shared} other targets`;
    risks.push({ code: "shared-field", message: `the same field determines ${others}` });
  }
  const left = shippedTogether(effects, undone);
  if (left > 0) {
    const files = left === 1 ? "1 other file beside it" : `${left} other files beside it`;
    risks.push({ code: "config-in-step", message: `the change also touched ${files}, which stay as they are` });
  }
  if (effects.some(({ effect }) => effect.role === "replicas" && Number(effect.after) < Number(effect.before))) {
    risks.push({ code: "replicas-fall", message: "going back lowers the number of replicas" });
  }
  return risks;
}

/** Flux marks the lines that its image automation sets. */
function hasWriter(text: string | undefined, line: number): boolean {
  return /#.*\{\s*"\$imagepolicy"/.test(text?.split("\n")[line - 1] ?? "");
}

/** Files in the directories of the edited ones that the same commits touched. Configuration ships beside its image. */
function shippedTogether(effects: RiskInput["effects"], undone: readonly TargetCommit[]): number {
  const edited = new Set(effects.map(({ effect }) => effect.file));
  const directories = [...new Set([...edited].map((path) => dirname(path)))];
  const touched = new Set(undone.flatMap(({ commit }) => commit.files.map(({ path }) => path)));
  return [...touched].filter((path) => !edited.has(path) && directories.some((within) => isWithin(path, within)))
    .length;
}

function isWithin(path: string, directory: string): boolean {
  return directory === "." ? dirname(path) === "." : path.startsWith(`${directory}/`);
}
