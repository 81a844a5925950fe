/** Looks whether the images that a change goes to can still be pulled: what is known to be gone is no mitigation. */
import type { ActionResult, Candidate } from "../actions/candidate.ts";
import { imageReferences } from "../actions/image-references.ts";
import { readable } from "../diagnosis/readable.ts";
import type { CatalogueTarget } from "../gitops/catalogue/catalogue.ts";
import { fieldKey } from "../gitops/catalogue/field-key.ts";
import type { Reason } from "../reason.ts";
import type { Images } from "./images.ts";

/** A change of more images has its first ones looked at. */
const most = 8;

/** Refused where an image is gone. Where that isn't known the candidate stands, and says so. */
export async function withImageWords(
  candidate: Candidate,
  entry: CatalogueTarget,
  images: Images,
): Promise<ActionResult> {
  const values = new Map(candidate.effects.map((effect) => [fieldKey(effect), effect.after]));
  const references = imageReferences(entry.fields, values).slice(0, most);
  const reasons = await Promise.all(references.map((reference) => reasonOf(images, reference)));
  const gone = reasons.filter(({ code }) => code === "image-gone");
  if (gone.length > 0) return { outcome: "refused", reasons: gone };
  return { outcome: "candidate", candidate: { ...candidate, reasons: [...candidate.reasons, ...reasons] } };
}

async function reasonOf(images: Images, reference: string): Promise<Reason> {
  const answer = await images.look(reference);
  const name = readable(reference);
  if (answer.word === "there") return { code: "image-there", message: `${name} is still in its registry` };
  if (answer.word === "gone") return { code: "image-gone", message: `${name} can't be pulled: ${answer.why}` };
  return { code: "image-unknown", message: `whether ${name} can be pulled isn't known: ${answer.why}` };
}
