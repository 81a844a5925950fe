import { describe, expect, test } from "vitest";
import { rollbackHazards } from "../../../src/authority/diff/rollback-hazards.ts";
import type { TextChange } from "../../../src/authority/diff/text-change.ts";

const pathOf = (place: string) =>
  place === "" ? [] : place.split(".").map((step) => (/^\d+$/.test(step) ? Number(step) : step));
const change = (objectKind: string | undefined, place: string, more: Partial<TextChange> = {}): TextChange => ({
  kind: "value-set",
  document: 0,
  path: ["items", 0, ...pathOf(place)],
  inObject: pathOf(place),
  line: 1,
  objectKind,
  object: undefined,
  role: "other",
  from: "a",
  to: "b",
  ...more,
});
const hazards = (...changes: readonly TextChange[]) => [...rollbackHazards(changes)];
const words = (text: string) => text.split(" ");

/** What the API server says no to, by its validation of updates. */
const refused: Readonly<Record<string, string>> = {
  Deployment: "spec.selector spec.selector.matchLabels.app",
  ReplicaSet: "spec.selector.matchLabels.app",
  DaemonSet: "spec.selector.matchLabels.app",
  StatefulSet:
    "spec.selector.matchLabels.app spec.volumeClaimTemplates.0.metadata.name spec.serviceName spec.podManagementPolicy",
  Job: "spec.selector spec.template.spec.containers.0.image spec.completions spec.completionMode spec.podFailurePolicy.rules spec.successPolicy spec.backoffLimitPerIndex spec.managedBy",
  Service: "spec.clusterIP spec.clusterIPs.0 spec.ipFamilies.0 spec.loadBalancerClass spec.healthCheckNodePort",
  PersistentVolumeClaim:
    "spec.accessModes.0 spec.storageClassName spec.volumeName spec.volumeMode spec.selector.matchLabels.a spec.dataSource.name spec.dataSourceRef.name",
  PersistentVolume: "spec.nfs.path spec.accessModes.0 spec.volumeMode",
  StorageClass: "provisioner parameters.type reclaimPolicy volumeBindingMode",
  PriorityClass: "value preemptionPolicy",
  RuntimeClass: "handler",
  IngressClass: "spec.controller",
  RoleBinding: "roleRef.name",
  ClusterRoleBinding: "roleRef.name",
  Secret: "type immutable",
  ConfigMap: "immutable",
  Kustomize: "commonLabels commonLabels.app labels.0.pairs.app labels.10.includeSelectors",
  Application:
    "spec.source.kustomize.commonLabels.app spec.sources.0.kustomize.commonLabels spec.sources.10.kustomize.commonLabels.app",
};

/** What it lets people change. */
const accepted: Readonly<Record<string, string>> = {
  Deployment: "spec.replicas spec.template.spec.selector spec.selectors metadata.annotations.x",
  ReplicaSet: "spec.replicas status.spec.selector",
  DaemonSet: "spec.updateStrategy.type x.spec.selector",
  StatefulSet: "spec.replicas spec.template.spec.containers.0.image spec.updateStrategy.type x.spec.serviceName",
  Job: "spec.parallelism spec.suspend spec.templates x.spec.template",
  Service: "spec.type spec.ports.0.port spec.selector.app spec.clusterIPsX x.spec.clusterIP",
  PersistentVolumeClaim: "spec.volumeAttributesClassName x.spec.volumeName",
  PersistentVolume:
    "spec.capacity.storage spec.mountOptions.0 spec.persistentVolumeReclaimPolicy spec.claimRef.name metadata.x x.spec.nfs.path",
  StorageClass: "allowVolumeExpansion x.provisioner parametersX",
  PriorityClass: "globalDefault description valueX metadata.annotations.value",
  RuntimeClass: "overhead.podFixed.cpu handlerX x.handler",
  IngressClass: "spec.parameters.name spec.controllerX x.spec.controller",
  RoleBinding: "subjects.0.name x.roleRef roleRefs",
  ClusterRoleBinding: "subjects.0.name x.roleRef roleRefs",
  Secret: "data.type types",
  ConfigMap: "data.immutable immutables",
  Kustomize: "images.0.newTag x.commonLabels commonLabelsX labels.0.fields.0 labels.0.pairsX x.labels.0.pairs",
  Application:
    "spec.source.targetRevision spec.source.kustomize.images.0 spec.source.kustomize.commonLabelsX x.spec.source.kustomize.commonLabels",
  CronJob: "spec.jobTemplate.spec.template.spec.x",
};

describe("a field that can't be changed on an object that exists", () => {
  test.each(Object.entries(refused).flatMap(([kind, places]) => words(places).map((place) => [kind, place] as const)))(
    "is one of a %s: %s",
    (kind, place) => {
      for (const how of ["value-set", "key-added", "key-removed"] as const)
        expect(hazards(change(kind, place, { kind: how }))).toContain("field-immutable");
    },
  );

  test.each(Object.entries(accepted).flatMap(([kind, places]) => words(places).map((place) => [kind, place] as const)))(
    "is none of a %s: %s",
    (kind, place) => {
      expect(hazards(change(kind, place))).not.toContain("field-immutable");
    },
  );

  test("is none of an object that comes or goes, or that says no kind", () => {
    expect(hazards(change("Job", "", { kind: "object-added" }))).toEqual([]);
    expect(hazards(change("Job", "", { kind: "object-removed" }))).toEqual([]);
    expect(hazards(change(undefined, "spec.template"))).toEqual([]);
    expect(hazards(change("constructor", "spec.template"))).toEqual([]);
  });
});

describe("a volume's size", () => {
  test.each([
    ["PersistentVolumeClaim", "spec.resources.requests.storage", ["volume-resized"]],
    ["PersistentVolumeClaim", "spec.resources", ["volume-resized"]],
    ["PersistentVolumeClaim", "spec.resourcesX", []],
    ["PersistentVolumeClaim", "x.spec.resources", []],
    [
      "StatefulSet",
      "spec.volumeClaimTemplates.0.spec.resources.requests.storage",
      ["field-immutable", "volume-resized"],
    ],
    ["StatefulSet", "spec.volumeClaimTemplates.0.spec.resources.requests.storageX", ["field-immutable"]],
    ["Cluster", "spec.instances.0.volumeClaimTemplates.0.storage", ["volume-resized"]],
    [undefined, "persistence.size", ["volume-resized"]],
    [undefined, "redis.persistence.data.size", ["volume-resized"]],
    [undefined, "persistence.sizes", []],
    [undefined, "persistence.resize", []],
    [undefined, "window.size", []],
    ["Deployment", "spec.template.spec.containers.0.resources.limits.cpu", []],
  ] as const)("of a %s may stand at %s: %s", (kind, place, expected) => {
    expect(hazards(change(kind, place))).toEqual(expected);
  });
});

describe("an object", () => {
  test.each(["PersistentVolumeClaim", "PersistentVolume", "Namespace", "StatefulSet"])(
    "of kind %s takes its data with it when it goes, and not otherwise",
    (kind) => {
      expect(hazards(change(kind, "", { kind: "object-removed" }))).toEqual(["data-removed"]);
      expect(hazards(change(kind, "", { kind: "object-added" }))).toEqual([]);
      expect(hazards(change(kind, "spec.x", { kind: "key-removed" }))).not.toContain("data-removed");
    },
  );

  test("without data may go and come", () => {
    expect(hazards(change("Deployment", "", { kind: "object-removed" }))).toEqual([]);
    expect(hazards(change(undefined, "", { kind: "object-removed" }))).toEqual([]);
  });

  test("that defines others is never taken back easily", () => {
    for (const kind of ["value-set", "object-added", "object-removed"] as const)
      expect(hazards(change("CustomResourceDefinition", "spec.group", { kind }))).toEqual(["crd-changed"]);
  });

  test("that goes while another of its kind comes is one that gets another name", () => {
    const [gone, come] = [
      change("Service", "", { kind: "object-removed" }),
      change("Service", "", { kind: "object-added" }),
    ];
    expect(hazards(gone, come)).toEqual(["identity-changed"]);
    expect(hazards(come, gone)).toEqual(["identity-changed"]);
    expect(hazards(gone, change("Deployment", "", { kind: "object-added" }))).toEqual([]);
    expect(hazards(gone, change("Service", "spec.type"))).toEqual([]);
    expect(hazards(come, come)).toEqual([]);
    expect(
      hazards(change(undefined, "", { kind: "object-removed" }), change(undefined, "", { kind: "object-added" })),
    ).toEqual([]);
  });

  test.each(words("apiVersion kind metadata.name metadata.namespace namespace namePrefix nameSuffix"))(
    "is another one after a change of %s",
    (place) => {
      for (const kind of ["value-set", "key-added", "key-removed"] as const)
        expect(hazards(change("Service", place, { kind }))).toEqual(["identity-changed"]);
      expect(hazards(change(undefined, place))).toEqual([]);
    },
  );

  test.each(words("metadata.names spec.kind metadata.labels.name spec.namespace kinds"))(
    "is the same after a change of %s",
    (place) => {
      expect(hazards(change("Service", place))).toEqual([]);
    },
  );
});

test("a number of replicas that goes may mean one, one that changes or comes tells what it is", () => {
  const replicas = { role: "replicas" } as const;
  expect(hazards(change("Deployment", "spec.replicas", { ...replicas, kind: "key-removed" }))).toEqual([
    "replicas-removed",
  ]);
  expect(hazards(change("Deployment", "spec.replicas", { ...replicas, kind: "key-added" }))).toEqual([]);
  expect(hazards(change("Deployment", "spec.replicas", replicas))).toEqual([]);
  expect(hazards(change("Deployment", "spec.paused", { kind: "key-removed" }))).toEqual([]);
});

describe("what is delivered", () => {
  test.each([
    ["Application", "spec.source.path"],
    ["Application", "spec.sources.1.repoURL"],
    ["Application", "spec.source.chart"],
    ["Application", "spec.source.helm.releaseName"],
    ["Application", "spec.source.kustomize.namePrefix"],
    ["Application", "spec.destination.namespace"],
    ["Application", "spec.destination"],
    ["Application", "spec.syncPolicy.automated.prune"],
    ["ApplicationSet", "spec.template.spec.source.path"],
    ["ApplicationSet", "spec.generators.0.list.elements.0.cluster"],
    ["ApplicationSet", "spec.template.spec.values.path"],
    ["GitRepository", "spec.url"],
    ["HelmRepository", "spec.url"],
    ["OCIRepository", "spec.url"],
    ["Kustomization", "spec.path"],
    ["Kustomization", "spec.sourceRef.name"],
    ["Kustomization", "spec.targetNamespace"],
    ["Kustomization", "spec.nameSuffix"],
    ["Kustomization", "spec.prune"],
    ["Kustomization", "spec.components.0"],
    ["Kustomize", "resources.0"],
    ["Kustomize", "bases.0"],
    ["Kustomize", "patches.0.path"],
    ["Kustomize", "patchesStrategicMerge.0"],
    ["Kustomize", "configMapGenerator.0.name"],
    ["Kustomize", "secretGenerator.0.name"],
    ["Kustomize", "generators.0"],
    ["Kustomize", "helmCharts.0.repo"],
    ["HelmRelease", "spec.chart.spec.chart"],
    ["HelmRelease", "spec.chart.spec.sourceRef.name"],
    ["HelmRelease", "spec.releaseName"],
    ["HelmRelease", "spec.storageNamespace"],
  ])("by a %s changes with %s", (kind, place) => {
    expect(hazards(change(kind, place))).toEqual(["reference-changed"]);
  });

  test.each([
    ["Application", "spec.source.targetRevision"],
    ["Application", "spec.source.helm.valuesObject.ingress.path"],
    ["Application", "spec.source.helm.parameters.0.path"],
    ["ApplicationSet", "spec.template.spec.source.helm.valuesObject.resources.limits.cpu"],
    ["Kustomization", "spec.postBuild.substitute.path"],
    ["Kustomization", "spec.interval"],
    ["Kustomize", "images.0.newTag"],
    ["HelmRelease", "spec.chart.spec.version"],
    ["HelmRelease", "spec.values.resources.limits.memory"],
    ["HelmRelease", "spec.values.image.url"],
    ["HelmRelease", "spec.paths"],
    ["HelmRelease", "spec.subpath"],
    ["HelmRelease", "spec.resourcesX"],
    ["Deployment", "spec.path"],
    [undefined, "resources.0"],
  ])("by a %s doesn't change with %s", (kind, place) => {
    expect(hazards(change(kind, place))).toEqual([]);
  });
});

test("of each kind there is one, and of several kinds all are told", () => {
  const [selector, name] = [change("Deployment", "spec.selector"), change("Deployment", "metadata.name")];
  expect(hazards(selector, selector, name)).toEqual(["field-immutable", "identity-changed"]);
  expect(hazards()).toEqual([]);
});
