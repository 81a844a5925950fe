import type { Situation } from "../situation.ts";
import type { Asked } from "./asked.ts";

/** undefined: nobody holds it, or not any more. */
export function holdOf({ response, now }: Pick<Situation, "response" | "now">): Asked["held"] {
  const held = response.asked?.held;
  return held?.until !== undefined && held.until <= now ? undefined : held;
}
