/** A clone that ends before the history does, as workflows check out by default. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { gitRepository, temporaryDirectory } from "../gitops/git-repository.ts";
import { alertFixture, alertmanagerFixture } from "../signals/alertmanager-payload.ts";
import { run } from "./run.ts";

function shallowClone(): string {
  const repository = gitRepository();
  for (const tag of ["v1", "v2"])
    repository.commit({ "apps/cart/production/values.yaml": `image: {repository: r.io/cart, tag: ${tag}}\n` });
  const directory = join(temporaryDirectory(), "clone");
  repository.git("clone", "--quiet", "--depth", "1", repository.url, directory);
  return directory;
}

describe("a shallow clone", () => {
  it.each([["audit", "verify"], ["audit", "log"], ["metrics"], ["backtest"]])(
    "isn't enough for remit %s %s, which says how to mend it",
    async (...words) => {
      const { code, err, out } = await run([...words, "--repo", shallowClone()]);
      expect([code, out]).toEqual([1, ""]);
      expect(err).toMatch(/holds only a part of its history: `git fetch --unshallow`.*fetch-depth: 0/);
    },
  );

  it("is planned on, with a word that what came before isn't suspected", async () => {
    const signal = join(temporaryDirectory(), "alert.json");
    const alert = alertFixture({ labels: { alertname: "HighErrorRate", service: "cart", environment: "production" } });
    writeFileSync(signal, JSON.stringify(alertmanagerFixture([alert])));
    const { code, err, out } = await run(["plan", "--repo", shallowClone(), "--signal", signal, "--json"]);
    expect(code).toBe(3);
    expect(JSON.parse(out)).toMatchObject({ outcome: "abstain" });
    expect(err).toContain("holds only a part of its history");
  });
});
