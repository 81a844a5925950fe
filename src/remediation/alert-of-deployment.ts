/** The alert that a failed GitHub deployment is, where a runbook of the repository asks for one and exactly one target is meant. */
import type { CatalogueTarget } from "../gitops/catalogue/catalogue.ts";
import { delivers } from "../gitops/catalogue/delivers.ts";
import { type DeploymentState, deploymentAlert } from "../incidents/deployment-alert.ts";
import type { Reason } from "../reason.ts";
import type { AlertSignal, SyncSignal } from "../signals/signal.ts";
import type { RepositoryReader } from "./repository-reader.ts";

export interface DeploymentInput {
  readonly reader: RepositoryReader;
  /** Head of the default branch: what was deployed has to be on it. */
  readonly head: string;
  readonly sync: SyncSignal;
  readonly state: DeploymentState;
  readonly createdAt: number;
}

/** A reason with the code `runbook` where no runbook asks for it: nobody's deployments raised incidents before they said so. */
export async function alertOfDeployment(
  input: DeploymentInput,
): Promise<{ readonly alert: AlertSignal } | { readonly reason: Reason }> {
  const { reader, head, sync, state, createdAt } = input;
  if (!(await isAskedFor(reader, head, state)))
    return { reason: { code: "runbook", message: `no runbook names a deployment that ends in ${state}` } };
  if (!(await reader.mirror.isAncestor(sync.revision, head)))
    return { reason: { code: "target-not-found", message: "the deployment isn't of the default branch" } };
  const target = (await only(reader, sync.revision, await deployedTargets(reader, head, sync)))?.target;
  if (target === undefined)
    return { reason: { code: "target-ambiguous", message: "the deployment doesn't say which target it is of" } };
  const { repository, observedAt } = sync;
  return { alert: deploymentAlert({ repository, target, state, createdAt, observedAt }) };
}

export async function deployedTargets(
  reader: RepositoryReader,
  head: string,
  sync: SyncSignal,
): Promise<readonly CatalogueTarget[]> {
  const catalogue = await reader.catalogue(head);
  return catalogue.targets.filter((entry) => delivers(catalogue, sync, entry));
}

async function isAskedFor(reader: RepositoryReader, head: string, state: DeploymentState): Promise<boolean> {
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
