/** The targets that `--service` and `--environment` name, as the repository spells them. Throws RemitError usage for names that it lacks. */
import { RemitError } from "../../errors.ts";
import type { Catalogue, CatalogueTarget } from "../../gitops/catalogue/catalogue.ts";
import { environmentGroup } from "../../gitops/catalogue/words.ts";
import { nearest } from "../../server/config/nearest.ts";

export function selectTargets(
  { targets }: Catalogue,
  service: string | undefined,
  environment: string | undefined,
): readonly CatalogueTarget[] {
  const named = targets.filter(
    (entry) => service === undefined || entry.target.service === service || entry.runsAs?.includes(service),
  );
  if (service !== undefined && named.length === 0) throw unknown("service", service, targets);
  if (environment === undefined) return named;
  const exact = named.filter(({ target }) => target.environment === environment);
  if (exact.length > 0) return exact;
  const group = environmentGroup(environment);
  const found = named.filter(
    ({ target }) => group !== undefined && environmentGroup(target.environment ?? "") === group,
  );
  if (found.length === 0) throw unknown("environment", environment, named);
  return found;
}

function unknown(key: "service" | "environment", value: string, targets: readonly CatalogueTarget[]): RemitError {
  const names = targets.map(({ target }) => target[key]).filter((name) => name !== undefined);
  const near = nearest(value, names);
  const hint = near === undefined ? "" : `, did you mean ${near}?`;
  return new RemitError("usage", `map: the repository has no ${key} ${JSON.stringify(value)}${hint}`, {
    audience: "user",
  });
}
