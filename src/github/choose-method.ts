import type { MergeMethod, RepositoryView } from "../remediation/forge.ts";

/** The preferred method where the repository allows it, else the first that it allows. */
export function chooseMethod(preferred: MergeMethod, view: RepositoryView): MergeMethod {
  const allowed = view.mergeMethods ?? [];
  return allowed.includes(preferred) ? preferred : (allowed[0] ?? preferred);
}
