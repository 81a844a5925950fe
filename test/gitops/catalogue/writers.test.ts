/** Who else writes a field. */
import { describe, expect, test } from "vitest";
import type { CatalogueTarget } from "../../../src/gitops/catalogue/catalogue.ts";
import { catalogueOf, deployment, select } from "./catalogue-of.ts";

const writers = (entry: CatalogueTarget): string[] =>
  entry.fields.flatMap(({ path, writers: own }) =>
    (own ?? []).map(({ kind, file, line }) => `${path.join(".")} < ${kind} ${file}:${line}`),
  );

describe("competing writers", () => {
  const scaler = (kind: string, key: string): string =>
    `apiVersion: x/v1\nkind: ${kind}\nmetadata: {name: checkout}\nspec:\n  ${key}: {name: checkout}\n  minReplicas: 2\n`;

  test.each([
    ["HorizontalPodAutoscaler", "scaleTargetRef", "spec.replicas < hpa apps/checkout/other.yaml:5"],
    ["ScaledObject", "scaleTargetRef", "spec.replicas < keda apps/checkout/other.yaml:5"],
    ["Canary", "targetRef", "spec.replicas < flagger apps/checkout/other.yaml:5"],
  ])("17: a %s writes the replicas of what it names, and nobody writes its own bounds", (kind, key, line) => {
    const files = {
      "apps/checkout/deployment.yaml": deployment("checkout", "r.io/checkout:v1"),
      "apps/checkout/other.yaml": scaler(kind, key),
    };
    expect(writers(select(catalogueOf(files), { service: "checkout" }))).toEqual([line]);
    const other = {
      ...files,
      "apps/checkout/other.yaml": scaler(kind, key).replace("{name: checkout}\n  min", "{name: x}\n  min"),
    };
    expect(writers(select(catalogueOf(other), { service: "checkout" }))).toEqual([]);
  });

  test("a VPA writes requests, unless it only recommends", () => {
    const of = (mode: string): string[] =>
      writers(
        select(
          catalogueOf({
            "apps/a/d.yaml": `${deployment("a", "r.io/a:v1")}          resources: {requests: {cpu: 1}}\n`,
            "apps/a/vpa.yaml": `${scaler("VerticalPodAutoscaler", "targetRef").replaceAll("checkout", "a")}  updatePolicy: {updateMode: ${mode}}\n`,
          }),
          { service: "a" },
        ),
      );
    expect(of("Auto")).toEqual(["spec.template.spec.containers.0.resources.requests.cpu < vpa apps/a/vpa.yaml:5"]);
    expect(of('"Off"')).toEqual([]);
  });

  test("15: a setter's marker on the line, an image updater's annotation, and values that leave the count to a chart", () => {
    const flux = catalogueOf({
      "apps/a/values.yaml":
        'replicaCount: 2\nautoscaling: {enabled: true}\nimage:\n  tag: v1 # {"$imagepolicy": "flux-system:a:tag"}\n  name: x\n',
    });
    expect(writers(select(flux, { service: "a" }))).toEqual([
      "replicaCount < hpa apps/a/values.yaml:2",
      "image.tag < flux-automation apps/a/values.yaml:4",
    ]);
    const updater = catalogueOf({
      "argocd/a.yaml":
        "apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata:\n  name: a\n  annotations:\n    argocd-image-updater.argoproj.io/image-list: r.io/a\nspec: {source: {kustomize: {images: ['r.io/a:v1']}}}\n",
    });
    expect(writers(select(updater, { service: "a" }))).toEqual([
      "spec.source.kustomize.images.0 < image-updater argocd/a.yaml:6",
    ]);
  });

  test("15: an ImageUpdater writes the images that it lists, and none of these where it reads annotations", () => {
    const updating = (spec: string) =>
      catalogueOf({
        "apps/a/deployment.yaml":
          "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: a}\nspec: {template: {spec: {containers: [{name: a, image: r.io/a:v1}]}}}\n",
        "apps/a/updater.yaml": `apiVersion: argocd-image-updater.argoproj.io/v1alpha1\nkind: ImageUpdater\nmetadata: {name: a}\nspec:\n  applicationRefs:\n    - namePattern: a\n      ${spec}\n`,
      });
    expect(writers(select(updating("images: [{alias: a, imageName: r.io/a}]"), { service: "a" }))).toEqual([
      "spec.template.spec.containers.0.image < image-updater apps/a/updater.yaml:7",
    ]);
    expect(
      writers(
        select(updating("images: [{alias: a, imageName: r.io/a}]\n      useAnnotations: true"), { service: "a" }),
      ),
    ).toEqual([]);
  });

  test("16: a Kargo stage writes the image of the application that it is authorized for", () => {
    const kargo = catalogueOf({
      "argocd/a.yaml":
        "apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata:\n  name: a\n  annotations: {kargo.akuity.io/authorized-stage: 'shop:prod'}\nspec: {source: {targetRevision: v1}}\n",
    });
    expect(writers(select(kargo, { service: "a" }))).toEqual(["spec.source.targetRevision < kargo argocd/a.yaml:5"]);
  });
});
