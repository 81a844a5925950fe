import { readable } from "../diagnosis/readable.ts";
import type { Target } from "../target.ts";

/** `checkout in production`: a target inside a title. */
export function placeOf({ service, environment }: Target): string {
  return environment === undefined ? readable(service) : `${readable(service)} in ${readable(environment)}`;
}
