/** The queue that work on a target goes through, one piece after the other: `acme/shop checkout/production shop`. */
import { type Target, targetName } from "../target.ts";

export function incidentQueue({
  repository,
  target,
}: {
  readonly repository: string;
  readonly target: Target;
}): string {
  return [repository, targetName(target), target.namespace].filter((part) => part !== undefined).join(" ");
}
