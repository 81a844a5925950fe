import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { gitReader } from "../../../src/sandbox/cluster/git-reader.ts";
import { imageTag } from "../../../src/sandbox/cluster/image-tag.ts";
import { readManifests } from "../../../src/sandbox/cluster/manifests.ts";
import { type BareRepository, bareRepository } from "./bare-repository.ts";

const deployment = (name: string, image: string) => `apiVersion: apps/v1
kind: Deployment
metadata: {name: ${name}}
spec:
  template:
    spec:
      containers: [{name: app, image: "${image}"}]
`;

let repository: BareRepository;
beforeEach(() => {
  repository = bareRepository();
});
afterEach(() => repository.remove());

const read = (revision: string, path: string) => readManifests(gitReader(repository.gitDirectory), revision, path);

describe("reading what an application's directory says", () => {
  test("plain manifests give the image of each workload", async () => {
    const revision = repository.commit({
      "app/a.yaml": `${deployment("a", "ghcr.io/x/a:1")}---\n${deployment("b", "ghcr.io/x/b:2")}`,
      "app/service.yaml": "kind: Service\nmetadata: {name: a}\n",
      "other/c.yaml": deployment("c", "c:3"),
    });
    expect([...(await read(revision, "app")).images]).toEqual([
      ["a", "ghcr.io/x/a:1"],
      ["b", "ghcr.io/x/b:2"],
    ]);
  });

  test("an overlay's newTag, newName and digest win over its base", async () => {
    const base = {
      "base/kustomization.yaml": "resources: [deployment.yaml]\n",
      "base/deployment.yaml": deployment("a", "localhost:5000/x/a:1"),
    };
    const overlay = (image: string) => ({
      ...base,
      "over/kustomization.yaml": `resources: [../base]\nimages:\n- name: localhost:5000/x/a\n  ${image}\n`,
    });
    const cases = [
      ["newTag: v2", "localhost:5000/x/a:v2"],
      ["newName: other/a", "other/a:1"],
      ["digest: sha256:00", "localhost:5000/x/a@sha256:00"],
    ] as const;
    for (const [image, expected] of cases) {
      const revision = repository.commit(overlay(image));
      expect((await read(revision, "over")).images.get("a")).toBe(expected);
    }
  });

  test("a number of replicas is the overlay's, and an autoscaler's bounds win over any", async () => {
    const base = {
      "base/kustomization.yaml": "resources: [deployment.yaml]\n",
      "base/deployment.yaml": deployment("a", "a:1"),
    };
    const autoscaler = `kind: HorizontalPodAutoscaler
spec:
  scaleTargetRef: {name: a}
  minReplicas: 2
  maxReplicas: 7
  metrics: [{type: Resource, resource: {name: cpu, target: {averageUtilization: 60}}}]
`;
    const cases = [
      ["", { least: 1, most: 1 }],
      ["replicas: [{name: a, count: 4}, {name: b, count: 9}]\n", { least: 4, most: 4 }],
      ["replicas: [{name: a, count: 4}]\nresources: [../base, hpa.yaml]\n", { least: 2, most: 7, utilization: 0.6 }],
    ] as const;
    for (const [text, expected] of cases) {
      const kustomization = text.includes("resources") ? text : `resources: [../base]\n${text}`;
      const revision = repository.commit({
        ...base,
        "over/kustomization.yaml": kustomization,
        "over/hpa.yaml": autoscaler,
      });
      expect((await read(revision, "over")).pods.get("a")).toMatchObject(expected);
    }
  });

  test("a patch changes what it names of the container that it names, and nothing else", async () => {
    const patch = (name: string) =>
      `kind: Deployment\nmetadata: {name: ${name}}\nspec:\n  template:\n    spec:\n      containers:\n        - {name: app, resources: {limits: {memory: 1.5Gi}}}\n`;
    const memory = async (name: string) => {
      const revision = repository.commit({
        "app/kustomization.yaml": "resources: [a.yaml]\npatches:\n  - path: patch.yaml\n",
        "app/a.yaml": deployment("a", "a:1").replace('"a:1"', '"a:1", resources: {limits: {cpu: 1, memory: 256Mi}}'),
        "app/patch.yaml": patch(name),
      });
      const { images, pods } = await read(revision, "app");
      expect(images.get("a")).toBe("a:1");
      return pods.get("a");
    };
    expect(await memory("a")).toMatchObject({ memory: "1.5Gi", memoryMi: 1_536 });
    expect(await memory("b")).toMatchObject({ memory: "256Mi", memoryMi: 256 });
  });

  test("the digest changes with the files read and with no other", async () => {
    const files = { "app/a.yaml": deployment("a", "a:1"), "README.md": "one" };
    const first = await read(repository.commit(files), "app");
    const elsewhere = await read(repository.commit({ "README.md": "two" }), "app");
    const changed = await read(repository.commit({ "app/a.yaml": deployment("a", "a:2") }), "app");
    expect(elsewhere.digest).toBe(first.digest);
    expect(changed.digest).not.toBe(first.digest);
  });

  test("a tag is what follows the last colon after the last slash", () => {
    expect(imageTag("ghcr.io/x/a:v1")).toBe("v1");
    expect(imageTag("localhost:5000/a")).toBeUndefined();
    expect(imageTag("a:v1@sha256:00")).toBe("v1");
  });
});
