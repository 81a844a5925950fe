import { expect, test } from "vitest";
import { run } from "../../cli/run.ts";
import { gitRepository } from "../../gitops/git-repository.ts";
import { describeRenderer } from "../../support/rendering/describe-renderer.ts";
import { shop, tagged } from "./one-overlay.ts";

/** What the overlay says of the image a replacement decides: nothing came of taking it back. */
function shadowed() {
  const replaced = `configMapGenerator:
- name: checkout
  literals: ["IMAGE=r.io/checkout:v0"]
replacements:
- source: {kind: ConfigMap, name: checkout, fieldPath: data.IMAGE}
  targets:
  - select: {kind: Deployment}
    fieldPaths: [spec.template.spec.containers.0.image]
`;
  const repository = gitRepository();
  repository.commit({ ...shop, ...tagged("v1.0.0", replaced) }, { at: "2026-03-01T10:00:00Z" });
  repository.commit(tagged("v1.1.0", replaced), { at: "2026-06-03T10:00:00Z" });
  repository.commit(tagged("v1.0.0", replaced), { message: "rollback", at: "2026-06-03T11:00:00Z" });
  return repository.directory;
}

describeRenderer("kustomize", "remit backtest", () => {
  test.each([
    ["takes the files' word", [], "exact"],
    ["where it renders abstains from what another layer decides", ["--render"], "abstained"],
    ["in several threads, too", ["--render", "--jobs", "2"], "abstained"],
  ])("%s", async (_, options, verdict) => {
    const argv = ["backtest", "--repo", shadowed(), "--since", "2026-05-01", "--until", "2026-12-01", "--json"];
    const { code, out } = await run([...argv, ...options], { PATH: process.env.PATH ?? "" });
    expect(code).toBe(0);
    const [rollback] = JSON.parse(out).results.filter(({ kind }: { kind: string }) => kind === "rollback");
    expect(rollback).toMatchObject({
      verdict,
      reasons: verdict === "exact" ? [] : expect.arrayContaining(["shadowed-in-render"]),
    });
  });
});
