import type { Instant } from "../../clock.ts";
import type { ToldIncident } from "./told.ts";

/** Whatever shows that a person was there, in its order. */
export function reactionsOf({ acts, answeredAt }: ToldIncident): readonly Instant[] {
  return answeredAt === undefined ? acts : [...acts, answeredAt].toSorted((a, b) => a - b);
}
