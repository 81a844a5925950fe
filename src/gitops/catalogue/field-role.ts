/** What a scalar decides, as far as its place and its text tell. */
import type { FieldPath, FieldRole } from "./catalogue.ts";
import { parseImageReference } from "./image-reference.ts";
import { isRestartKey } from "./restart-key.ts";

/** `label` is the `name` beside a `value`: of a Helm parameter, an environment variable. */
export function fieldRole(kind: string | undefined, path: FieldPath, value: string, label?: string): FieldRole {
  const own = [...path].reverse().find((step) => typeof step === "string") ?? "";
  const key = own === "value" && label !== undefined ? label.slice(label.lastIndexOf(".") + 1) : own;
  const parent = path.at(-2);
  if (kind === "CustomResourceDefinition") return "other";
  if (counts.test(key.slice(key.lastIndexOf(".") + 1))) return "replicas";
  if (kind === "Kustomize") return kustomizeRole(path, key, value);
  const running = runningRole(kind, path, key, value, parent);
  if (running !== undefined) return running;
  if (isRestartKey(key)) return "restart";
  if (/^(?:targetRevision|revision|branch|commit|semver)$/.test(key) || (parent === "ref" && refKeys.has(key)))
    return "revision";
  if (isChartVersion(kind, path, key, label)) return "chart-version";
  if (/^(?:newTag|tag|imageTag)$|(?:Tag|_TAG|_tag|-tag)$/.test(key)) return "image-tag";
  if (/^(?:digest|imageDigest|sha256)$/.test(key)) return "image-digest";
  if (key === "newName" || (key === "repository" && !value.includes("://"))) return "image-name";
  const overrides = key === "images" && path.at(-3) === "kustomize";
  if (overrides || /^image$|Image$|_IMAGE$|_image$/.test(key)) {
    const image = parseImageReference(overrides ? value.slice(value.indexOf("=") + 1) : value);
    if (image?.tag !== undefined || image?.digest !== undefined) return "image";
    return image === undefined ? "other" : "image-name";
  }
  if (/^(?:version|kubeVersion)$|(?:^|_)VERSION$/.test(key) && /^v?\d+\.\d/.test(value)) return "revision";
  return isSwitch(kind, key, value) ? "flag" : "other";
}

/** How many there are of something, or may be. */
const counts =
  /^(?:replicas|replicaCount|(?:min|max|idle|desired)(?:imum)?Replicas?(?:Count)?|(?:min|max|desired)(?:Instances|-instances|Capacity)|concurrency[-_]?limit)$/i;

/** A value that has two states: a boolean, and the states of feature flags. */
function isSwitch(kind: string | undefined, key: string, value: string): boolean {
  if (/^(?:state|defaultVariant)$/.test(key)) return kind === undefined || kind === "FeatureFlag";
  return /^(?:true|false|on|off|yes|no|enabled|disabled)$/i.test(value);
}

/** How something runs, as opposed to what runs. */
function runningRole(
  kind: string | undefined,
  path: FieldPath,
  key: string,
  value: string,
  parent: string | number | undefined,
): FieldRole | undefined {
  if (key === "suspend" || /(?:^|\/)(?:paused|paused-replicas|skip-reconcile|reconcile)$/.test(key)) return "suspend";
  if (kind === "PodDisruptionBudget" && /^(?:minAvailable|maxUnavailable)$/.test(key)) return "availability";
  if (/(?:^|[-/])canary-weight$|^setWeight$/.test(key)) return "weight";
  if (key === "schedule" && (kind === "CronJob" || kind === undefined || cron.test(value))) return "schedule";
  if (kind !== undefined && routeKinds.has(kind) && /^(?:weight|stepWeight|maxWeight)$/.test(key)) return "weight";
  // Of nodes and of probes there are weights as well.
  if (key === "weight" && (kind === undefined || kind === "HelmRelease") && !path.some(isPreference)) return "weight";
  const amount = /^(?:cpu|memory|ephemeral-storage)(?:Limits?|Requests?)?$/;
  const bounds = typeof parent === "string" && /^(?:limits|requests|minAllowed|maxAllowed)$/.test(parent);
  if (amount.test(key) && (bounds || /(?:Limits?|Requests?)$/.test(key))) return "resource";
  // Of devices: `gpu.intel.com/i915: 1`.
  if (bounds && key.includes("/") && /^\d/.test(value)) return "resource";
  if (kind === "ClusterQueue" && /^(?:nominalQuota|borrowingLimit|lendingLimit)$/.test(key)) return "resource";
  return undefined;
}

const cron = /^(?:TZ=\S+ +)?(?:@[a-z]+|[\d*,/A-Za-z-]+(?: +[\d*,/A-Za-z?#-]+){4,5})$/;

function isPreference(step: string | number): boolean {
  return typeof step === "string" && /affinity|^preferred/i.test(step);
}

const routeKinds: ReadonlySet<string> = new Set(
  "VirtualService HTTPRoute GRPCRoute TCPRoute TraefikService TrafficSplit ServiceSplitter Rollout Canary".split(" "),
);

function kustomizeRole(path: FieldPath, key: string, value: string): FieldRole {
  const list = path[0];
  if (list === "images") {
    if (key === "newTag") return "image-tag";
    if (key === "digest") return "image-digest";
    return key === "newName" ? "image-name" : "other";
  }
  if (list === "replicas" && key === "count") return "replicas";
  if (list === "helmCharts" && key === "version") return "chart-version";
  return /[?&]ref=/.test(value) || value.includes("/releases/download/") ? "revision" : "other";
}

/** Of a Flux source's `spec.ref`. */
const refKeys: ReadonlySet<string> = new Set(["tag", "name", "digest"]);

function isChartVersion(kind: string | undefined, path: FieldPath, key: string, label: string | undefined): boolean {
  if (key === "chartVersion") return true;
  if (key !== "version" && key !== "appVersion") return false;
  if (kind === "HelmRelease") return path[0] === "spec" && path[1] === "chart";
  // Of a Chart.yaml, of what it depends on, and of a helmfile's release: all have a name.
  return kind === undefined && label !== undefined && (path.length === 1 || isRelease(path));
}

function isRelease(path: FieldPath): boolean {
  return path[0] === "dependencies" || (path[0] === "releases" && path.length === 3);
}
