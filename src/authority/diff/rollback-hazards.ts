/** Why taking a change back wouldn't bring back what was: the cluster refuses it, or something is gone by then. */
import type { ReasonCode } from "../../reason.ts";
import type { TextChange } from "./text-change.ts";

/** One of each kind. Decided from kinds and paths: whoever calls a selector something else isn't found out. */
export function rollbackHazards(changes: readonly TextChange[]): ReadonlySet<ReasonCode> {
  const hazards = new Set<ReasonCode>();
  for (const change of changes) {
    if (isImmutable(change)) hazards.add("field-immutable");
    if (isVolumeSize(change)) hazards.add("volume-resized");
    if (change.objectKind === "CustomResourceDefinition") hazards.add("crd-changed");
    if (change.role === "replicas" && change.kind === "key-removed") hazards.add("replicas-removed");
    if (change.kind === "object-removed" && dataKinds.has(change.objectKind ?? "")) hazards.add("data-removed");
    if (isIdentity(change) || isRenamed(change, changes)) hazards.add("identity-changed");
    if (isReference(change)) hazards.add("reference-changed");
  }
  return hazards;
}

/** By kind: what the API server refuses to change on an object that exists, and what kustomize puts into such fields. */
const immutable: ReadonlyMap<string, RegExp> = new Map(
  Object.entries({
    Deployment: /^spec\.selector\b/,
    ReplicaSet: /^spec\.selector\b/,
    DaemonSet: /^spec\.selector\b/,
    StatefulSet: /^spec\.(?:selector|volumeClaimTemplates|serviceName|podManagementPolicy)\b/,
    Job: /^spec\.(?:selector|template|completion(?:s|Mode)|podFailurePolicy|successPolicy|backoffLimitPerIndex|managedBy)\b/,
    Service: /^spec\.(?:clusterIPs?|ipFamilies|loadBalancerClass|healthCheckNodePort)\b/,
    PersistentVolumeClaim: /^spec\.(?:accessModes|storageClassName|volumeName|volumeMode|selector|dataSource)/,
    PersistentVolume: /^spec\.(?!capacity|mountOptions|persistentVolumeReclaimPolicy|claimRef)/,
    StorageClass: /^(?:provisioner|parameters|reclaimPolicy|volumeBindingMode)\b/,
    PriorityClass: /^(?:value|preemptionPolicy)$/,
    RuntimeClass: /^handler$/,
    IngressClass: /^spec\.controller$/,
    RoleBinding: /^roleRef\b/,
    ClusterRoleBinding: /^roleRef\b/,
    Secret: /^(?:type|immutable)\b/,
    ConfigMap: /^immutable\b/,
    Kustomize: /^(?:commonLabels|labels\.\d+\.(?:pairs|includeSelectors))\b/,
    Application: /^spec\.sources?\.(?:\d+\.)?kustomize\.commonLabels\b/,
  }),
);

function isImmutable({ objectKind, inObject }: TextChange): boolean {
  return immutable.get(objectKind ?? "")?.test(inObject.join(".")) === true;
}

/** Growing can't be taken back, shrinking can't be done. */
function isVolumeSize({ objectKind, inObject }: TextChange): boolean {
  const place = inObject.join(".");
  if (objectKind === "PersistentVolumeClaim") return /^spec\.resources\b/.test(place);
  return /(?:volumeClaimTemplates\b.*\bstorage|persistence\..*\bsize)$/.test(place);
}

/** What goes with the object when the controller prunes it. */
const dataKinds: ReadonlySet<string> = new Set([
  "PersistentVolumeClaim",
  "PersistentVolume",
  "Namespace",
  "StatefulSet",
]);

/** Another name is another object: the old one is deleted, with what it holds. */
function isIdentity({ objectKind, inObject }: TextChange): boolean {
  return objectKind !== undefined && identity.test(inObject.join("."));
}

const identity = /^(?:apiVersion|kind|metadata\.(?:name|namespace)|namespace|namePrefix|nameSuffix)$/;

/** Documents are told apart by their names: one that gets another name goes, and one comes. */
function isRenamed({ kind, objectKind }: TextChange, changes: readonly TextChange[]): boolean {
  if (kind !== "object-removed" || objectKind === undefined) return false;
  return changes.some((other) => other.kind === "object-added" && other.objectKind === objectKind);
}

const referring: ReadonlySet<string> = new Set([
  "Application",
  "ApplicationSet",
  "GitRepository",
  "HelmRepository",
  "OCIRepository",
  "Kustomization",
  "Kustomize",
  "HelmRelease",
]);
/** Flux installs a release anew under another name or namespace, Argo CD and kustomize make other objects of it. */
const reference =
  /(?:^|\.)(?:(?:path|repoURL|url|repo|chart|releaseName|namePrefix|nameSuffix|targetNamespace|storageNamespace|prune)$|(?:sourceRef|resources|bases|components|generators|patches|patchesStrategicMerge|configMapGenerator|secretGenerator|destination)(?:\.|$))/;
/** What a chart or a variable is given has words of its own. */
const given = /^spec\.(?:values|postBuild)\.|\.helm\.(?:valuesObject|parameters)\./;

/** Something else is delivered, or to another place: what was there before is deleted. */
function isReference({ objectKind, inObject }: TextChange): boolean {
  const place = inObject.join(".");
  return referring.has(objectKind ?? "") && reference.test(place) && !given.test(place);
}
