import { findEntry } from "../evidence.ts";
import { imageWords } from "../image-words.ts";
import type { Session } from "../session.ts";
import { currentRemediation, freshView } from "./need-view.ts";

/**
 * Asks registries, at this moment, whether what is about to be merged can be pulled: when the change was made may be long ago.
 * Things are looked at anew after it, as after any other question: nothing stands between the look and the merge.
 */
export async function lookAtImages(session: Session): Promise<void> {
  const { images } = session.parts;
  const { candidate } = currentRemediation(session);
  const entry = images && findEntry(await session.reader.catalogue(freshView(session).head), candidate.target);
  const words = images && entry && (await imageWords(candidate, entry, images));
  session.images.set(candidate.digest, words ?? []);
  if (words !== undefined && words.length > 0) session.view = undefined;
}
