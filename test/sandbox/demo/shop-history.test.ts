import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { gitReader } from "../../../src/sandbox/cluster/git-reader.ts";
import { imageTag } from "../../../src/sandbox/cluster/image-tag.ts";
import { readManifests } from "../../../src/sandbox/cluster/manifests.ts";
import { badVersion, goodVersion } from "../../../src/sandbox/demo/scenario.ts";
import { overlayPath, shopServices } from "../../../src/sandbox/demo/shop-files.ts";
import { badRelease, shopHistory } from "../../../src/sandbox/demo/shop-history.ts";
import { type BareRepository, bareRepository } from "../cluster/bare-repository.ts";

const now = Date.UTC(2026, 10, 21, 12);
const hour = 60 * 60_000;

let repository: BareRepository;
beforeEach(() => {
  repository = bareRepository();
});
afterEach(() => repository.remove());

async function version(revision: string, service: string, environment: "staging" | "production") {
  const reader = gitReader(repository.gitDirectory);
  const { images } = await readManifests(reader, revision, overlayPath(service, environment));
  return imageTag(images.get(service) ?? "");
}

describe("the shop's history", () => {
  test("ends with the good version in production for three days and the bad one waiting in staging", async () => {
    let head = "";
    for (const { files, message } of shopHistory(now, "merge")) head = repository.commit(files, message);
    expect(await version(head, "checkout", "production")).toBe(goodVersion);
    expect(await version(head, "checkout", "staging")).toBe(badVersion);
    for (const { name } of shopServices) expect(await version(head, name, "production")).toMatch(/^v\d+\.\d+\.\d+$/);
    const release = shopHistory(now, "merge").find(({ message }) => message.includes(`${goodVersion} to production`));
    expect(release?.date).toBe(now - 72 * hour);
  });

  test("goes forward in time, and every commit changes something", () => {
    const commits = shopHistory(now, "merge");
    const dates = commits.map(({ date }) => date);
    expect(dates).toEqual([...dates].sort((a, b) => a - b));
    expect(Math.max(...dates)).toBeLessThan(now);
    let tree: Record<string, string> = {};
    for (const { files, message } of commits) {
      const next = { ...tree, ...files };
      expect(next, message).not.toEqual(tree);
      tree = next;
    }
  });

  test("the bad release changes one line of one file", () => {
    const tree: Record<string, string> = Object.assign({}, ...shopHistory(now, "merge").map(({ files }) => files));
    const changed = Object.entries(badRelease(now).files);
    expect(changed).toHaveLength(1);
    for (const [path, text] of changed) {
      const before = tree[path]?.split("\n") ?? [];
      const differing = text.split("\n").filter((line, index) => line !== before[index]);
      expect(differing).toEqual([expect.stringContaining(`newTag: ${badVersion}`)]);
    }
  });
});
