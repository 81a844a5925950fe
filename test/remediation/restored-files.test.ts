import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { incidentWorld, minute } from "../support/incident-world.ts";
import { people, pullNumber, shop } from "../support/play.ts";

const overlay = "apps/checkout/overlays/production";

it("a change that added lines and a file is taken back whole, through the gate, and nothing else with it", async () => {
  const directory = await mkdtemp(join(tmpdir(), "remit-restore-"));
  const world = await incidentWorld({ directory });
  try {
    const before = await world.deployed();
    const after = before.replace("v1.4.2", "v1.5.0").replace("  - ../../base\n", "  - ../../base\n  - limits.yaml\n");
    expect(after).toContain("limits.yaml");
    const limits = "apiVersion: v1\nkind: LimitRange\nmetadata:\n  name: checkout\n  namespace: shop\n";
    await world.github.commitAs("alice", {
      branch: "main",
      message: "Release checkout v1.5.0 with limits",
      files: {
        [`${overlay}/kustomization.yaml`]: after,
        [`${overlay}/limits.yaml`]: limits,
        "README.md": "# shop, reworded in the same commit\n",
      },
    });
    world.clock.advance(5 * minute);
    await world.receive([world.firing()]);
    await world.reconcile();

    const alice = people(world, "alice").rest;
    const { data: files } = await alice.pulls.listFiles({ ...shop, pull_number: await pullNumber(world) });
    expect(files.map(({ filename, status }) => `${status} ${filename}`).toSorted()).toEqual([
      `modified ${overlay}/kustomization.yaml`,
      `removed ${overlay}/limits.yaml`,
    ]);
    const { data: pull } = await alice.pulls.get({ ...shop, pull_number: await pullNumber(world) });
    const { data: restored } = await alice.repos.getContent({
      ...shop,
      path: `${overlay}/kustomization.yaml`,
      ref: pull.head.sha,
      mediaType: { format: "json" },
    });
    const content = "content" in restored ? Buffer.from(restored.content, "base64").toString("utf8") : "";
    expect(content).toBe(before);
    const { data: checks } = await alice.checks.listForRef({ ...shop, ref: pull.head.sha, check_name: "remit/gate" });
    expect(checks.check_runs.map(({ conclusion }) => conclusion)).toEqual(["success"]);
    world.github.assertNoViolations();
  } finally {
    await world.close();
    await rm(directory, { recursive: true, force: true });
  }
});
