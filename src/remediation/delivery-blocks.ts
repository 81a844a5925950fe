import { controllerBlocks, mayBlock } from "../authority/freeze/controller-blocks.ts";
import type { Instant } from "../clock.ts";
import { appliesTo } from "../gitops/catalogue/applies-to.ts";
import type { Reason } from "../reason.ts";
import type { Target } from "../target.ts";
import { findEntry } from "./evidence.ts";
import type { RepositoryReader } from "./repository-reader.ts";

/** Why no controller would apply a change of the target now; empty where nothing in the repository says so. */
export async function deliveryBlocks(
  reader: RepositoryReader,
  revision: string,
  target: Target,
  now: Instant,
): Promise<readonly Reason[]> {
  const catalogue = await reader.catalogue(revision);
  const entry = findEntry(catalogue, target);
  const controllers = entry === undefined ? [] : catalogue.controllers.filter((object) => appliesTo(object, entry));
  if (controllers.length === 0) return [];
  const files = (await reader.mirror.files(revision)).filter(mayBlock);
  return controllerBlocks(controllers, files, now);
}
