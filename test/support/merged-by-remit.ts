/** What Remit did some time ago: a pull request of the App's own, merged by it. Answers the commit on main. */
import type { IncidentWorld } from "./incident-world.ts";
import { leaseHolder } from "./lease-message.ts";
import { people, shop } from "./play.ts";

export interface PastChange {
  readonly files: Readonly<Record<string, string>>;
  /** Headline, body and trailers. */
  readonly message: string;
  /** Of the merge, where it isn't the same. */
  readonly mergedAs?: string;
  /** Told apart by it. */
  readonly branch?: string;
}

export async function mergedByRemit(made: IncidentWorld, change: PastChange): Promise<string> {
  const { forge } = made;
  const { branch = "remit/rollback/checkout-production/000000000000", message, files } = change;
  const seen = await forge.read({ branch, incidentId: leaseHolder, issueNumber: undefined });
  const [headline = "", ...body] = message.split("\n\n");
  const proposed = await forge.propose(seen, {
    branch,
    base: seen.head,
    headline,
    message: body.join("\n\n"),
    files: Object.entries(files).map(([path, text]) => ({ path, text })),
    pullTitle: headline,
    pullBody: "This relieved it.",
    issueTitle: "An incident of the past",
    issueBody: "It is over.",
  });
  const view = await forge.read({ branch, incidentId: leaseHolder, issueNumber: proposed.issueNumber });
  const gate = { conclusion: "success", title: "within authority", summary: "", pullBody: undefined } as const;
  await forge.reportGate(view, { pullId: proposed.pullId, head: proposed.commit, ...gate, issue: undefined });
  const [mergedHeadline = "", ...mergedBody] = (change.mergedAs ?? message).split("\n\n");
  const merged = await forge.merge(view, {
    pullNumber: proposed.pullNumber,
    pullId: proposed.pullId,
    head: proposed.commit,
    headline: mergedHeadline,
    message: mergedBody.join("\n\n"),
  });
  if (merged.outcome !== "merged") throw new Error(`not merged: ${merged.outcome}`);
  const { issueNumber: issue_number } = proposed;
  await people(made, "alice").rest.issues.update({ ...shop, issue_number, state: "closed" });
  return merged.commit;
}
