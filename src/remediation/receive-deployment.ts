/**
 * A failed GitHub deployment opens an incident where a runbook of the repository asks for that, and a later success resolves it. What was
 * deployed has to be on the default branch, and exactly one target has to be meant.
 */
import type { CatalogueTarget } from "../gitops/catalogue/catalogue.ts";
import { firingAlerts } from "../incidents/alert-state.ts";
import { deploymentFingerprint, deploymentState, resolvedDeployment } from "../incidents/deployment-alert.ts";
import type { SyncSignal } from "../signals/signal.ts";
import { alertOfDeployment, deployedTargets } from "./alert-of-deployment.ts";
import { receiveAlerts } from "./receive-alerts.ts";
import type { ReceiverParts } from "./receive-signals.ts";

export async function receiveDeployment(parts: ReceiverParts, sync: SyncSignal): Promise<readonly string[]> {
  if (sync.controller !== "github-deployment" || sync.deployment === undefined) return [];
  const reader = await parts.reader(sync.repository);
  const head = await reader.mirror.head();
  if (sync.phase === "applied") return resolve(parts, sync, () => deployedTargets(reader, head, sync));
  const { state, createdAt } = sync.deployment;
  if (state === "success") return [];
  const found = await alertOfDeployment({ reader, head, sync, state, createdAt });
  if ("reason" in found) {
    const { code, message } = found.reason;
    return code === "runbook" ? [] : [`abstained (${code}): ${message}`];
  }
  if (await succeededSince(parts, sync)) return ["a deployment that failed before another one succeeded"];
  return receiveAlerts(parts, [found.alert]);
}

/** Webhooks overtake each other. */
async function succeededSince({ store }: ReceiverParts, sync: SyncSignal): Promise<boolean> {
  const { createdAt = 0 } = sync.deployment ?? {};
  const later = await store.syncs.list(sync.repository, createdAt);
  return later.some(
    ({ controller, application, environment, phase, deployment }) =>
      controller === sync.controller &&
      application === sync.application &&
      environment === sync.environment &&
      phase === "applied" &&
      (deployment?.createdAt ?? 0) > createdAt,
  );
}

/** Nearly always nothing waits for it, and then nobody has to know what was meant. */
async function resolve(
  parts: ReceiverParts,
  { repository, deployment, observedAt }: SyncSignal,
  targets: () => Promise<readonly CatalogueTarget[]>,
): Promise<readonly string[]> {
  const open = await parts.store.incidents.open(repository);
  const failed = open
    .flatMap(({ incident }) => firingAlerts(incident))
    .filter((alert) => deploymentState(alert) !== undefined && alert.startsAt < (deployment?.createdAt ?? 0));
  if (failed.length === 0) return [];
  const fingerprints = new Set((await targets()).map(({ target }) => deploymentFingerprint(target)));
  const over = failed.filter(({ fingerprint }) => fingerprints.has(fingerprint));
  return receiveAlerts(
    parts,
    over.map((alert) => resolvedDeployment(alert, repository, observedAt)),
  );
}
