/** Nothing that relieves a target ends while it is in trouble: the end of its lease is another incident's, once this one is over. */

import type { Instant } from "../clock.ts";
import type { Reason } from "../reason.ts";
import type { IncidentRecord } from "../store/store.ts";

export const otherTrouble: Reason = {
  code: "other-trouble",
  message: "the target is in other trouble, so nothing that relieves it ends now",
};

/** When the incident of a lease's end was closed only because of other trouble. */
export function putOffAt({ response: { closed } }: Pick<IncidentRecord, "response">): Instant | undefined {
  return closed?.reasons.some(({ code }) => code === otherTrouble.code) === true ? closed.at : undefined;
}
