import type { Response } from "../response.ts";

/** How a closed incident ended, in a sentence or two. */
export function outcomeLine({ outcome }: NonNullable<Response["closed"]>, { asked }: Pick<Response, "asked">): string {
  const isRequest = asked?.request !== undefined;
  switch (outcome) {
    case "recovered":
      return isRequest
        ? "Done: the change was applied, and nothing was heard against it."
        : "Over: the service recovered after Remit's change.";
    case "resolved-without-change":
      return isRequest ? "Over: Remit merged nothing." : "Over: the alerts resolved. Remit merged nothing.";
    case "handed-off":
      return "Remit is done here. A person has it now.";
    case "abstained":
      return "Remit changed nothing, and is done here.";
  }
}
