/** Looks whether the images that a change goes to can still be pulled: what is known to be gone is no mitigation. */
import type { ActionResult, Candidate } from "../actions/candidate.ts";
import type { CatalogueTarget } from "../gitops/catalogue/catalogue.ts";
import { imageWords } from "./image-words.ts";
import type { Images } from "./images.ts";

/** Refused where an image is gone. Where that isn't known the candidate stands, and says so. */
export async function withImageWords(
  candidate: Candidate,
  entry: CatalogueTarget,
  images: Images,
): Promise<ActionResult> {
  const reasons = await imageWords(candidate, entry, images);
  const gone = reasons.filter(({ code }) => code === "image-gone");
  if (gone.length > 0) return { outcome: "refused", reasons: gone };
  return { outcome: "candidate", candidate: { ...candidate, reasons: [...candidate.reasons, ...reasons] } };
}
