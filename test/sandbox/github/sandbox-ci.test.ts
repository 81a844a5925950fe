import { expect, test } from "vitest";
import { openPull, repo, startWorld } from "./world.ts";

test.each([
  ["success", { "a.yaml": "a: 1\n---\nb: 2\n", "chart/templates/x.yaml": "{{ if }}\n", "notes.txt": "{" }],
  ["failure", { "a.yaml": "a: [1\n" }],
  ["failure", { "deep/er/b.yml": "a: 1\na: 2\n" }],
] as const)("the check ci/validate ends in %s", async (conclusion, files) => {
  const world = await startWorld();
  const { head } = await openPull(world, { files });
  const { data } = await world.remit.checks.listForRef({ ...repo, ref: head });
  expect(data.check_runs).toMatchObject([
    { name: "ci/validate", status: "completed", conclusion, app: { slug: "acme-ci" } },
  ]);
});

test("each new head is checked, and only the App that reported a check may change it", async () => {
  const world = await startWorld();
  const { branch, head } = await openPull(world);
  const next = await world.github.commitAs("bob", { branch, message: "Break it", files: { "a.yaml": "[" } });
  await world.github.settled();
  const conclusions = async (ref: string) =>
    (await world.remit.checks.listForRef({ ...repo, ref })).data.check_runs.map((run) => run.conclusion);
  expect([await conclusions(head), await conclusions(next)]).toEqual([["success"], ["failure"]]);
  const { data } = await world.remit.checks.listForRef({ ...repo, ref: next });
  const update = world.remit.checks.update({
    ...repo,
    check_run_id: data.check_runs[0]?.id ?? 0,
    conclusion: "success",
  });
  await expect(update).rejects.toThrow("check run can only be modified by the GitHub App that created it");
});

test("while it runs the check is in progress; closing doesn't wait for it", async () => {
  const world = await startWorld({ ci: { delayMs: 600_000 } });
  const head = await world.github.commitAs("bob", { branch: "topic", message: "x", files: { "a.yaml": "a: 1\n" } });
  await world.as("bob").pulls.create({ ...repo, title: "x", head: "topic", base: "main" });
  const { data } = await world.remit.checks.listForRef({ ...repo, ref: head });
  expect(data.check_runs).toMatchObject([{ name: "ci/validate", status: "in_progress", conclusion: null }]);
  await world.github.close();
});
