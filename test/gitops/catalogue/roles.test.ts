import { describe, expect, test } from "vitest";
import type { FieldPath, FieldRole } from "../../../src/gitops/catalogue/catalogue.ts";
import { fieldRole } from "../../../src/gitops/catalogue/field-role.ts";
import { isRestartKey } from "../../../src/gitops/catalogue/restart-key.ts";

type Row = readonly [kind: string | undefined, path: string, value: string, role: FieldRole];

function pathOf(text: string): FieldPath {
  return text.split(" ").map((step) => (/^\d+$/.test(step) ? Number(step) : step));
}

describe("what people change by hand in an incident has a role", () => {
  test.each<Row>([
    ["HelmRelease", "spec values java environment RESTART_ME", "003", "restart"],
    [undefined, "env TRIGGER_RESTART", "1", "restart"],
    ["Deployment", "spec template metadata annotations kubectl.kubernetes.io/restartedAt", "2026-01-01", "restart"],
    ["Rollout", "spec restartAt", "2026-01-01T00:00:00Z", "restart"],
    [undefined, "docker-compose restart", "always", "other"],
    ["HelmRelease", "spec values env RESTART_POLICY", "Always", "other"],
    ["HelmRelease", "spec values controllers main cronjob suspend", "true", "suspend"],
    ["HelmRelease", "spec values job schedule", "*/5 9-18 * * *", "schedule"],
    ["HelmRelease", "spec values delivery schedule", "weekly", "other"],
    ["HelmRelease", "spec values autoscaling enabled", "true", "flag"],
    ["ConfigMap", "data FEATURE_NEW_CHECKOUT", "false", "flag"],
    [undefined, "flags new-checkout state", "ENABLED", "flag"],
    ["FeatureFlag", "spec flagSpec flags a defaultVariant", "blue", "flag"],
    ["StatefulSet", "spec state", "blue", "other"],
    ["ConfigMap", "data dynamic.linux-arm64.max-instances", "70", "replicas"],
    ["ScaledObject", "spec maxReplicaCount", "9", "replicas"],
    [undefined, "autoscaling minReplicas", "2", "replicas"],
    ["Repository", "spec concurrency_limit", "1", "replicas"],
    ["ClusterQueue", "spec resourceGroups 0 flavors 0 resources 0 nominalQuota", "350", "resource"],
    ["HelmRelease", "spec values resources limits gpu.intel.com/i915", "1", "resource"],
    [undefined, "federationRedirect hosts ovh weight", "40", "weight"],
    [
      "HelmRelease",
      "spec values affinity podAntiAffinity preferredDuringSchedulingIgnoredDuringExecution 0 weight",
      "100",
      "other",
    ],
    [undefined, "app version", "v1.44.0", "revision"],
    [undefined, "TALOS_VERSION", "v1.9.4", "revision"],
    ["Kustomize", "resources 0", "https://example.com/operator/releases/download/v1.4.1/all.yaml", "revision"],
  ])("%s %s = %s is %s", (kind, path, value, role) => {
    expect(fieldRole(kind, pathOf(path), value)).toBe(role);
  });

  test("a helmfile release's version is its chart's", () => {
    expect(fieldRole(undefined, ["releases", 0, "version"], "1.2.3", "cilium")).toBe("chart-version");
  });

  test("a setting about restarts restarts nothing", () => {
    for (const key of ["RESTART_DELAY_SECONDS", "restartPolicy", "RESTART_COUNT", "maxRestarts"])
      expect(isRestartKey(key)).toBe(false);
  });
});
