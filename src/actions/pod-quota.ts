/** How many pods the repository says that a namespace may have. Pure. */
import type { Catalogue, CatalogueTarget, Field } from "../gitops/catalogue/catalogue.ts";

export interface PodQuota {
  readonly pods: number;
  readonly file: string;
  readonly line: number;
}

/** The smallest of its ResourceQuotas. undefined: none is known, or the namespace isn't. */
export function podQuota(entry: CatalogueTarget, { targets }: Catalogue): PodQuota | undefined {
  const { environment, namespace } = entry.target;
  const near = targets.filter(
    ({ target }) => namespace !== undefined && target.environment === environment && target.namespace === namespace,
  );
  return [entry, ...near]
    .flatMap(({ fields }) => fields.filter(isQuota))
    .map(({ value, file, line }) => ({ pods: Number(value), file, line }))
    .reduce<PodQuota | undefined>(
      (least, each) => (least === undefined || each.pods < least.pods ? each : least),
      undefined,
    );
}

function isQuota({ path, value }: Field): boolean {
  const [spec, hard, what, ...further] = path;
  return (
    spec === "spec" &&
    hard === "hard" &&
    /^(?:count\/)?pods$/.test(String(what)) &&
    further.length === 0 &&
    /^\d+$/.test(value)
  );
}
