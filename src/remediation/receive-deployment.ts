/**
 * A failed GitHub deployment opens an incident where a runbook of the repository asks for that, and a later success resolves it. What was
 * deployed has to be on the default branch, and exactly one target has to be meant.
 */
import type { CatalogueTarget } from "../gitops/catalogue/catalogue.ts";
import { delivers } from "../gitops/catalogue/delivers.ts";
import { firingAlerts } from "../incidents/alert-state.ts";
import {
  deploymentAlert,
  deploymentFingerprint,
  deploymentState,
  resolvedDeployment,
} from "../incidents/deployment-alert.ts";
import type { SyncSignal } from "../signals/signal.ts";
import { receiveAlerts } from "./receive-alerts.ts";
import type { ReceiverParts } from "./receive-signals.ts";
import type { RepositoryReader } from "./repository-reader.ts";

export async function receiveDeployment(parts: ReceiverParts, sync: SyncSignal): Promise<readonly string[]> {
  if (sync.controller !== "github-deployment" || sync.deployment === undefined) return [];
  const reader = await parts.reader(sync.repository);
  const head = await reader.mirror.head();
  if (sync.phase === "applied") return resolve(parts, sync, () => targetsOf(reader, head, sync));
  const { state } = sync.deployment;
  if (state === "success" || !(await isAskedFor(reader, head, state))) return [];
  if (!(await reader.mirror.isAncestor(sync.revision, head))) return ["the deployment isn't of the default branch"];
  if (await succeededSince(parts, sync)) return ["a deployment that failed before another one succeeded"];
  const target = (await only(reader, sync.revision, await targetsOf(reader, head, sync)))?.target;
  if (target === undefined) return ["abstained (target-ambiguous): the deployment doesn't say which target it is of"];
  const { repository, observedAt } = sync;
  const { createdAt } = sync.deployment;
  return receiveAlerts(parts, [deploymentAlert({ repository, target, state, createdAt, observedAt })]);
}

async function targetsOf(
  reader: RepositoryReader,
  head: string,
  sync: SyncSignal,
): Promise<readonly CatalogueTarget[]> {
  const catalogue = await reader.catalogue(head);
  return catalogue.targets.filter((entry) => delivers(catalogue, sync, entry));
}

/** Nobody's deployments raised incidents before they said so. */
async function isAskedFor(reader: RepositoryReader, head: string, state: "failure" | "error"): Promise<boolean> {
  const runbooks = await reader.runbooks(head);
  return runbooks.kind === "present" && runbooks.runbooks.some(({ on }) => on.deploymentStatus.includes(state));
}

/** Of several in one environment, the one whose files the deployed commit changed. */
async function only(
  reader: RepositoryReader,
  revision: string,
  targets: readonly CatalogueTarget[],
): Promise<CatalogueTarget | undefined> {
  if (targets.length <= 1) return targets[0];
  const [commit] = await reader.mirror.log(revision, { limit: 1 });
  const changed = new Set(commit?.files.map(({ path }) => path));
  const touched = targets.filter((entry) => (entry.scopes ?? entry.fields).some(({ file }) => changed.has(file)));
  return touched.length === 1 ? touched[0] : undefined;
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
