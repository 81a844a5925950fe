/** Everybody else who writes the images that a change restores, and how each of them is held meanwhile. Pure. */
import { fieldKey } from "../../gitops/catalogue/field-key.ts";
import { parseImageReference } from "../../gitops/catalogue/image-reference.ts";
import type { ActionInput } from "../action.ts";
import type { Candidate } from "../candidate.ts";
import { imageReferences } from "../image-references.ts";
import { type Hold, unheld } from "./hold.ts";
import { holdBumpers } from "./hold-bumpers.ts";
import { holdImageUpdater } from "./hold-image-updater.ts";
import { holdPolicies } from "./hold-policies.ts";

/** Empty where nobody is known to. */
export function findHolds(candidate: Candidate, input: ActionInput): readonly Hold[] {
  const values = new Map(candidate.effects.map((effect) => [fieldKey(effect), effect.after]));
  const touched = input.entry.fields.filter((field) => values.has(fieldKey(field)));
  const writers = new Set(touched.flatMap((field) => (field.writers ?? []).map(({ kind }) => kind)));
  const references = imageReferences(input.entry.fields, values);
  const names = [...new Set(references.flatMap((reference) => parseImageReference(reference)?.name ?? []))];
  const pinned = { candidate, names };
  const policies = holdPolicies(candidate, input);
  const marked = writers.has("flux-automation") && policies.length === 0;
  return [
    ...policies,
    ...(marked ? [unheld("which image policy Flux image automation follows here isn't known")] : []),
    ...(writers.has("image-updater") ? holdImageUpdater(pinned, input) : []),
    ...holdBumpers(pinned, input),
    ...(writers.has("kargo")
      ? [unheld("Kargo promotes this value: its next promotion is stopped there, not here")]
      : []),
    ...(writers.has("applicationset") ? [unheld("an ApplicationSet's template writes this value")] : []),
  ];
}
