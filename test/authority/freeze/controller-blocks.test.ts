import { describe, expect, test } from "vitest";
import { controllerBlocks, mayBlock } from "../../../src/authority/freeze/controller-blocks.ts";
import type { ControllerObject } from "../../../src/gitops/catalogue/catalogue.ts";

const now = Date.parse("2026-11-20T17:00:00Z");
const fileOf = (text: string, index = 0) => ({ path: `${index}.yaml`, text });
const blocked = (controller: Partial<ControllerObject>, ...texts: readonly string[]) => {
  const files = texts.map(fileOf).filter(mayBlock);
  const object = { kind: "Kustomization" as const, name: "shop", namespace: undefined, paths: ["apps"], ...controller };
  return controllerBlocks([object], files, now).map(({ message }) => message);
};

describe("controllerBlocks", () => {
  const flux = (kind: string, suspend: string, name = "shop") =>
    `apiVersion: x\nkind: ${kind}\nmetadata: {name: ${name}, namespace: flux-system}\nspec:\n  suspend: ${suspend}\n`;

  test.each(["Kustomization", "HelmRelease"] as const)("a suspended %s applies nothing", (kind) => {
    const why = `the ${kind} shop is suspended, so a change wouldn't be applied`;
    expect(blocked({ kind }, flux(kind, "true"))).toEqual([why]);
    expect(blocked({ kind }, flux(kind, "false"))).toEqual([]);
    expect(blocked({ kind }, flux(kind, "true", "other"))).toEqual([]);
    expect(blocked({ kind, namespace: "elsewhere" }, flux(kind, "true"))).toEqual([]);
  });

  const automated = "syncPolicy: {automated: {}}";
  const application = (spec: string, annotations = "{}") =>
    `kind: Application\nmetadata: {name: checkout-production, annotations: ${annotations}}\nspec: ${spec}\n`;
  const shop = `{${automated}, project: shop, destination: {namespace: shop, name: eu, server: 'https://eu.example'}}`;
  const project = (window: string, name = "shop") =>
    `kind: AppProject\nmetadata: {name: ${name}}\nspec:\n  syncWindows:\n    - ${window}\n`;
  const argo = { kind: "Application" as const, name: "checkout-production" };
  const denying = (what: string) => `{kind: deny, schedule: '0 17 * * *', duration: 1h30m, ${what}}`;
  const all = denying("applications: ['*']");

  test.each([
    ["its name", "applications: [checkout-production]", true],
    ["its namespace", "namespaces: [shop]", true],
    ["its cluster's name", "clusters: [eu]", true],
    ["its cluster's address", "clusters: ['https://eu.example']", true],
    ["other names", "applications: [cart], namespaces: [cart], clusters: [us]", false],
  ])("field note 7: an application doesn't sync in a window of its project for %s", (_, what, blocks) => {
    expect(blocked(argo, application(shop), project(denying(what)))).toEqual(
      blocks ? ["a sync window of project shop keeps Application checkout-production from syncing"] : [],
    );
  });

  test("windows of other projects, and of other kinds of objects, say nothing", () => {
    expect(blocked(argo, application(shop), project(all, "cart"))).toEqual([]);
    expect(blocked(argo, application(shop), project(all).replace("AppProject", "Application"))).toEqual([]);
    expect(blocked(argo, application(shop))).toEqual([]);
  });

  test("every project of that name counts, since each cluster may have its own", () => {
    const open = project("{kind: deny, schedule: '0 3 * * *', duration: 1h, applications: ['*']}");
    expect(blocked(argo, application(shop), open, project(all))).toHaveLength(1);
    expect(blocked(argo, application(shop), open, open)).toEqual([]);
  });

  test.each([[`{${automated}, project: ''}`], [`{${automated}, project: [a]}`], [`{${automated}}`]])(
    "an application of %s is of the default project",
    (spec) => {
      expect(blocked(argo, application(spec), project(all, "default"))).toHaveLength(1);
    },
  );

  test("an application that says so isn't reconciled", () => {
    const annotated = (value: string) => application(shop, `{argocd.argoproj.io/skip-reconcile: ${value}}`);
    expect(blocked(argo, annotated('"true"'))).toEqual([
      "the Application checkout-production says skip-reconcile, so a change wouldn't be applied",
    ]);
    expect(blocked(argo, annotated('"false"'))).toEqual([]);
    expect(blocked(argo, annotated('"true"'), project(all))).toHaveLength(2);
  });

  test("an application isn't suspended, and no other object has windows", () => {
    expect(blocked(argo, application(`{${automated}, suspend: true}`))).toEqual([]);
    expect(
      blocked({}, flux("Kustomization", "false").replace("spec:", "spec:\n  project: shop"), project(all)),
    ).toEqual([]);
  });

  const byHand = "the Application checkout-production doesn't sync by itself, so somebody has to sync a change";

  test.each([
    ["no policy", "{project: shop}", true],
    ["a policy that isn't automated", "{syncPolicy: {syncOptions: [CreateNamespace=true]}}", true],
    ["a policy of nothing", "{syncPolicy: {automated: null}}", true],
    ["a policy that is disabled", "{syncPolicy: {automated: {enabled: false, prune: true}}}", true],
    ["an automated policy", "{syncPolicy: {automated: {prune: true}}}", false],
    ["an automated policy of nothing more", "{syncPolicy: {automated: {}}}", false],
  ])("an application with %s is synced by itself or not", (_, spec, isManual) => {
    expect(blocked(argo, application(spec))).toEqual(isManual ? [byHand] : []);
  });

  test("what makes an application sync by itself may be a patch of it, or of all", () => {
    const manual = application("{project: shop}");
    expect(blocked(argo, manual, application("{syncPolicy: {automated: {}}}"))).toEqual([]);
    const patch = (of: string) =>
      `kind: Kustomization\npatches:\n- target: {kind: Application}\n  patch: |-\n    ${of}\n# kind: Application\n`;
    expect(blocked(argo, manual, patch("[{op: add, path: /spec/syncPolicy, value: {automated: {}}}]"))).toEqual([]);
    expect(blocked(argo, manual, patch("[{op: add, path: /spec/project, value: shop}]"))).toEqual([byHand]);
    expect(blocked(argo)).toEqual([]);
  });

  describe("a source that is suspended", () => {
    const source = (namespace: string, name = "shop", suspend = "true", kind = "GitRepository") =>
      `kind: ${kind}\nmetadata: {name: ${name}, namespace: ${namespace}}\nspec: {suspend: ${suspend}}\n`;
    const reading = (ref: string, at = `sourceRef: ${ref}`) =>
      `kind: Kustomization\nmetadata: {name: shop, namespace: flux-system}\nspec:\n  ${at}\n  suspend: false\n`;
    const ref = "{kind: GitRepository, name: shop}";

    test.each(["GitRepository", "OCIRepository", "Bucket"])("of kind %s shows no change", (kind) => {
      expect(blocked({}, reading(`{kind: ${kind}, name: shop}`), source("flux-system", "shop", "true", kind))).toEqual([
        `the ${kind} shop is suspended, so Kustomization shop wouldn't see a change`,
      ]);
    });

    test.each([
      ["in the same namespace", ref, source("flux-system"), 1],
      ["in another one", ref, source("elsewhere"), 0],
      ["in the one that is named", "{kind: GitRepository, name: shop, namespace: elsewhere}", source("elsewhere"), 1],
      ["of another name", "{kind: GitRepository, name: cart}", source("flux-system"), 0],
      ["of another kind", "{kind: Bucket, name: shop}", source("flux-system"), 0],
      ["that isn't suspended", ref, source("flux-system", "shop", "false"), 0],
      ["of no kind", "{name: shop}", source("flux-system"), 0],
      ["of no name", "{kind: GitRepository}", source("flux-system"), 0],
    ])("counts where it is read: %s", (_, where, text, count) => {
      expect(blocked({}, reading(where), text)).toHaveLength(count);
    });

    test("may be a chart's", () => {
      const release = reading("", `chart: {spec: {sourceRef: ${ref}}}`).replace("Kustomization", "HelmRelease");
      expect(blocked({ kind: "HelmRelease" }, release, source("flux-system"))).toEqual([
        "the GitRepository shop is suspended, so HelmRelease shop wouldn't see a change",
      ]);
    });
  });

  test("only files that hold such an object are worth parsing", () => {
    expect(mayBlock(fileOf("jobs:\n  - name: backup\n    suspend: true\n"))).toBe(false);
    expect(mayBlock(fileOf("kind: Deployment\n"))).toBe(false);
    expect(mayBlock(fileOf("kind: Kustomization\nresuspend: true\n"))).toBe(false);
    expect(mayBlock(fileOf("kind: Applications\n"))).toBe(false);
    const texts = [
      flux("Kustomization", "true"),
      flux("HelmRelease", "true"),
      "kind: GitRepository\nspec: {suspend: true}\n",
      '{"kind": "OCIRepository", "spec": {"suspend": true}}',
      application(shop),
      "{'kind':'Application'}",
      "kind:   Application",
      project(all),
      '{"kind": "AppProject", "spec": {"syncWindows": []}}',
    ];
    for (const text of texts) expect(mayBlock(fileOf(text)), text).toBe(true);
  });

  test("files that can't be read say nothing", () => {
    expect(blocked({}, "suspend: [", "spec: {suspend: true}", "")).toEqual([]);
  });
});
