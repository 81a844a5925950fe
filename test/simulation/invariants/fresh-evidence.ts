/** I12: Remit acts on what it was told lately, and undoes only what was applied and seen to fail. */
import { isFiring } from "../../../src/incidents/alert-state.ts";
import { remitCommit, remitHistory } from "./facts.ts";
import type { Invariant } from "./invariant.ts";

const oldestMs = 10 * 60_000;
/** Within one look at an incident. */
const onItsWayMs = 3 * 60_000;

export const freshEvidence: Invariant = (simulation) => {
  const { github, watch, time } = simulation;
  const fired = new Map<string, number>();
  const applied = new Map<string, string[]>();
  const quietSince = new Map<string, number>();
  simulation.onAccepted(({ path, body }) => {
    const told = JSON.parse(body);
    if (path === "/hooks/alertmanager/alertmanager") {
      for (const { status, labels } of told.alerts) if (status === "firing") fired.set(labels.service, time.now());
    } else if (path === "/hooks/argocd/argocd" && told.phase === "Succeeded") {
      applied.set(told.application, [...(applied.get(told.application) ?? []), told.revision]);
    }
  });
  simulation.onSaved((_process, { incident }) => {
    if (isFiring(incident)) quietSince.delete(incident.id);
    else if (!quietSince.has(incident.id)) quietSince.set(incident.id, time.now());
  });
  const wasApplied = (service: string, commit: string) =>
    (applied.get(`${service}-production`) ?? []).some((revision) => github.git.objects.ancestors(revision).has(commit));
  watch.onAsked(({ merged, moves }) => {
    for (const { ref, to } of moves) {
      const commit = to !== undefined && ref.startsWith("refs/heads/remit/") ? remitCommit(github, to) : undefined;
      if (commit?.action !== "undo") continue;
      const fix = remitHistory(github, commit.parent ?? "").find(
        ({ incident, action }) => incident === commit.incident && action !== "undo",
      );
      // What was for a time only ends by an undo, too, in an incident of its own (L1 to L4).
      if (fix === undefined && simulation.ailments.size === 0)
        simulation.fail("I12", `${commit.target}: an undo of nothing`);
      else if (fix !== undefined && !wasApplied(commit.service, fix.oid)) {
        simulation.fail(
          "I12",
          `${commit.target}: ${fix.oid.slice(0, 8)} is undone, and nobody said that it was applied`,
        );
      }
    }
    if (merged === undefined || merged.approved) return;
    const at = merged.decidedAt;
    const commit = remitCommit(github, merged.commit);
    if (commit === undefined) return;
    const quiet = quietSince.get(commit.incident);
    if (quiet !== undefined && at - quiet > onItsWayMs)
      simulation.fail("I12", `${commit.target}: the alert had resolved`);
    if (commit.action === "undo") return;
    const age = at - (fired.get(commit.service) ?? 0);
    if (age > oldestMs + onItsWayMs + simulation.mostSkewMs) {
      simulation.fail("I12", `${commit.target}: nothing was heard of the alert for ${Math.round(age / 60_000)} min`);
    }
  });
  return undefined;
};
