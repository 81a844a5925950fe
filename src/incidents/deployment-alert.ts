/** A GitHub deployment that failed, as the alert that it is: it fires until a later deployment there succeeds. */
import { digest } from "../digest.ts";
import type { AlertSignal } from "../signals/signal.ts";
import type { Target } from "../target.ts";
import type { IncidentAlert } from "./incident.ts";

export type DeploymentState = "failure" | "error";

/** No configured source may be called so: what it says comes with GitHub's own signature. */
const source = "github";
const stateLabel = "deployment_status";

export interface FailedDeployment {
  readonly repository: string;
  readonly target: Target;
  readonly state: DeploymentState;
  readonly createdAt: number;
  readonly observedAt: number;
}

export function deploymentAlert({ repository, target, ...told }: FailedDeployment): AlertSignal {
  const { service, environment, namespace } = target;
  return {
    kind: "alert",
    source,
    repository,
    fingerprint: deploymentFingerprint(target),
    status: "firing",
    labels: {
      alertname: "GitHubDeployment",
      [stateLabel]: told.state,
      service,
      ...(environment === undefined ? {} : { environment }),
      ...(namespace === undefined ? {} : { namespace }),
    },
    annotations: {},
    startsAt: told.createdAt,
    endsAt: undefined,
    observedAt: told.observedAt,
  };
}

/** What a success says of a failure before it. */
export function resolvedDeployment(alert: IncidentAlert, repository: string, at: number): AlertSignal {
  const { fingerprint, labels, annotations, startsAt } = alert;
  const told = { kind: "alert", source, repository, status: "resolved" } as const;
  return { ...told, fingerprint, labels, annotations, startsAt, endsAt: at, observedAt: at };
}

export function deploymentFingerprint({ service, environment = "", namespace = "" }: Target): string {
  return digest(["deployment", service, environment, namespace]);
}

/** undefined for what another source raised, whatever its labels say. */
export function deploymentState(alert: Pick<IncidentAlert, "source" | "labels">): DeploymentState | undefined {
  const state = alert.source === source ? alert.labels[stateLabel] : undefined;
  return state === "failure" || state === "error" ? state : undefined;
}
