/** What was for a time only goes back, by the same path as any change. Reads git, writes nothing. */
import { expiredLease } from "../incidents/lease-alert.ts";
import type { Reason } from "../reason.ts";
import { judge } from "./judge.ts";
import type { PlanInput } from "./make-plan.ts";
import { renderCandidate } from "./rendering/render-candidate.ts";
import type { Plan } from "./response.ts";
import { standingLeases } from "./standing-leases.ts";
import { stormAt } from "./storm-at.ts";
import { unwritable } from "./unwritable.ts";

/** Of an incident that only the end of leases has opened. */
export async function planLeaseEnd(input: PlanInput): Promise<Plan> {
  const { reader, revision, incident, now } = input;
  const abstain = (reasons: readonly Reason[]): Plan => ({
    at: now,
    base: revision,
    suspects: [],
    outcome: { kind: "abstain", reasons },
  });
  const leases = await standingLeases(reader, revision, now);
  if (leases === "unreadable")
    return abstain([{ code: "limits-unreadable", message: "the changes of the past couldn't be read" }]);
  const commit = expiredLease(incident);
  const end = leases.find(({ record }) => record.commit === commit)?.end;
  if (end === undefined)
    return abstain([{ code: "already-restored", message: "what was for a time only isn't in force any more" }]);
  if (end.outcome === "refused") return abstain(end.reasons);
  const linked = await unwritable(reader, revision, end.candidate.files);
  if (linked !== undefined) return abstain([linked]);
  const rendered = await renderCandidate(reader, revision, end.candidate);
  if (rendered.outcome === "refused") return abstain(rendered.reasons);
  const { candidate } = rendered;
  const storm = await stormAt(reader, revision, input.storm);
  const { decide, attempts, stop, elsewhere } = input;
  const judged = {
    reader,
    revision,
    candidate,
    incident,
    kind: "undo",
    storm,
    decide,
    attempts,
    stop,
    elsewhere,
    now,
  } as const;
  const { verdict } = await judge(judged);
  return { at: now, base: revision, suspects: [], outcome: { kind: "change", candidate, verdict, takesBack: true } };
}
