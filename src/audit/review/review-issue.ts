/** A month of Remit as the issue that its server writes. */
import { renderMarker } from "../../remediation/marker.ts";
import { renderSections } from "./render-review.ts";
import type { Review } from "./review.ts";

export function reviewIssue(review: Review): { readonly title: string; readonly body: string } {
  const { month } = review;
  const intro = `For whoever owns Remit's policy here, five minutes: should it be allowed more, or less? Written once, from the ledger. Close this issue when you are through; nothing in it is read again. In a clone \`remit audit review --month ${month}\` tells the same, with what the ledger's checks find.`;
  return {
    title: `Remit in ${month}`,
    body: [renderMarker({ kind: "review", incident: month, version: 1 }), intro, renderSections(review)].join("\n\n"),
  };
}
