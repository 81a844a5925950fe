/** What registries say of the images that a change goes to. */
import type { Candidate } from "../actions/candidate.ts";
import { imageReferences } from "../actions/image-references.ts";
import { readable } from "../diagnosis/readable.ts";
import type { CatalogueTarget } from "../gitops/catalogue/catalogue.ts";
import { fieldKey } from "../gitops/catalogue/field-key.ts";
import type { Reason } from "../reason.ts";
import type { Images } from "./images.ts";

/** A change of more images has its first ones looked at. */
const most = 8;

/** One reason for each image: `image-there`, `image-gone` or `image-unknown`. */
export function imageWords(
  { effects }: Pick<Candidate, "effects">,
  { fields }: Pick<CatalogueTarget, "fields">,
  images: Images,
): Promise<readonly Reason[]> {
  const values = new Map(effects.map((effect) => [fieldKey(effect), effect.after]));
  const references = imageReferences(fields, values).slice(0, most);
  return Promise.all(references.map((reference) => reasonOf(images, reference)));
}

async function reasonOf(images: Images, reference: string): Promise<Reason> {
  const answer = await images.look(reference);
  const name = readable(reference);
  if (answer.word === "there") return { code: "image-there", message: `${name} is still in its registry` };
  if (answer.word === "gone") return { code: "image-gone", message: `${name} can't be pulled: ${answer.why}` };
  return { code: "image-unknown", message: `whether ${name} can be pulled isn't known: ${answer.why}` };
}
