/** The images that standing leases hold a target to, and whether they can still be pulled. Asks registries, and git. */
import { imageReferences } from "../actions/image-references.ts";
import { lineEffects } from "../actions/line-effects.ts";
import { fieldKey } from "../gitops/catalogue/field-key.ts";
import { findEntry } from "./evidence.ts";
import type { Images, ImageWord } from "./images.ts";
import type { RepositoryReader } from "./repository-reader.ts";
import { changesOf, type StandingLease } from "./standing-leases.ts";

export type LeasedImage = ImageWord & { readonly reference: string };

/** Of the lines that the lease's commit wrote and that stand there still; none where it wrote no image. */
export async function leasedImages(
  reader: RepositoryReader,
  revision: string,
  { record, target }: Pick<StandingLease, "record" | "target">,
  images: Images,
): Promise<readonly LeasedImage[]> {
  if (target === undefined) return [];
  const entry = findEntry(await reader.catalogue(revision), target);
  if (entry === undefined) return [];
  const written = new Map<string, Set<string>>();
  for (const { file, added } of lineEffects(await changesOf(reader, record.commit)))
    written.set(file, new Set([...(written.get(file) ?? []), ...added]));
  const texts = await reader.texts(revision, written.keys());
  const lines = new Map([...texts].map(([path, text]) => [path, text.split(/\r?\n/)]));
  const standing = entry.fields.filter(
    ({ file, line }) => written.get(file)?.has(lines.get(file)?.[line - 1] ?? "") === true,
  );
  const references = imageReferences(entry.fields, new Map(standing.map((field) => [fieldKey(field), field.value])));
  return Promise.all(references.map(async (reference) => ({ reference, ...(await images.look(reference)) })));
}
