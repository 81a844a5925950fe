/** The targets that `--service` and `--environment` name, as the repository spells them. Throws RemitError usage for names that it lacks. */
import { RemitError } from "../../errors.ts";
import type { Catalogue, CatalogueTarget } from "../../gitops/catalogue/catalogue.ts";
import { findTargets } from "../../gitops/catalogue/find-targets.ts";

export function selectTargets(
  catalogue: Catalogue,
  service: string | undefined,
  environment: string | undefined,
): readonly CatalogueTarget[] {
  if (service === undefined && environment === undefined) return catalogue.targets;
  const found = findTargets(catalogue, { service, environment });
  if (found.outcome === "found") return found.entries;
  const hint = found.nearest === undefined ? "" : `, did you mean ${found.nearest}?`;
  const message = `map: the repository has no ${found.what} ${JSON.stringify(found.name)}${hint}`;
  throw new RemitError("usage", message, { audience: "user" });
}
