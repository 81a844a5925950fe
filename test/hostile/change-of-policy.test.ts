/** A commit that brought a bad version and, beside it, something that decides what Remit may do. */
import { describe, expect, onTestFinished, test } from "vitest";
import { openLocalMirror } from "../../src/gitops/mirror/git-mirror.ts";
import { planFromAlerts } from "../../src/remediation/plan-from-alerts.ts";
import { repositoryReader } from "../../src/remediation/repository-reader.ts";
import { type GitRepository, gitRepository } from "../gitops/git-repository.ts";
import { ago, alert, now } from "./alert.ts";

const path = "apps/cart/production/values.yaml";
const values = (tag: string) => `image:\n  repository: r.io/cart\n  tag: ${tag}\n`;
const policy = (tier: string, version = 1) =>
  `apiVersion: remit.dev/v1alpha1\nkind: Authority\nmetadata: {name: shop}\nspec:\n  version: ${version}\n  grants:\n    - name: all\n      match: {environments: ["*"]}\n      tier: ${tier}\n`;

async function plan(repository: GitRepository) {
  const mirror = await openLocalMirror(repository.directory);
  onTestFinished(() => mirror.close());
  const revision = await mirror.head();
  return planFromAlerts({ reader: repositoryReader(mirror), revision, signals: [alert({ service: "cart" })], now });
}

function cart(files: Readonly<Record<string, string>>): GitRepository {
  const repository = gitRepository();
  repository.commit({ [path]: values("v1"), ...files }, { message: "start", at: ago(30 * 24 * 60) });
  return repository;
}

describe("a commit that mixes a release with other things", () => {
  test("field note S14: only the target's own file goes back, never the policy, a workflow or the owners", async () => {
    const repository = cart({
      ".github/remit/authority.yaml": policy("merge"),
      ".github/workflows/ci.yaml": "on: push\n",
      CODEOWNERS: "* @a\n",
    });
    repository.commit(
      {
        [path]: values("v2"),
        ".github/remit/authority.yaml": policy("observe", 2),
        ".github/workflows/ci.yaml": "on: []\n",
        CODEOWNERS: "* @b\n",
      },
      { message: "release, and allow less", at: ago(20) },
    );
    const answer = await plan(repository);
    expect(answer.files).toEqual([{ path, content: values("v1") }]);
    // By the policy that stands now, whatever stood beside the good version.
    expect(answer.tier).toBe("observe");
  });

  test("field note S14: a secret that was rotated in the same commit stays rotated", async () => {
    const secret = (data: string) =>
      `apiVersion: v1\nkind: Secret\nmetadata: {name: cart}\nstringData: {key: ${data}}\n`;
    const repository = cart({ "apps/cart/production/database.yaml": secret("old") });
    repository.commit(
      { [path]: values("v2"), "apps/cart/production/database.yaml": secret("new") },
      { message: "release and rotate", at: ago(20) },
    );
    const { files } = await plan(repository);
    expect(JSON.stringify(files)).not.toContain("old");
  });
});

test("field note S13: a change of nothing but the policy is never taken back", async () => {
  const repository = cart({ ".github/remit/authority.yaml": policy("merge") });
  repository.commit(
    { ".github/remit/authority.yaml": policy("observe") },
    { message: "cart: allow less", at: ago(20) },
  );
  expect(await plan(repository)).toMatchObject({ outcome: "abstain", files: [] });
});

test.each([["an executable", (repository: GitRepository) => void repository.git("update-index", "--chmod=+x", path)]])(
  "field note S12: %s in the place of the file is never written",
  async (_, change) => {
    const repository = cart({});
    repository.commit({ [path]: values("v2") }, { message: "release", at: ago(20) });
    expect((await plan(repository)).outcome).toBe("change");
    change(repository);
    repository.git("commit", "--quiet", "--message", "mode");
    const answer = await plan(repository);
    expect(answer.outcome).toBe("abstain");
    expect(answer.reasons.map(({ code }) => code)).toContain("file-not-regular");
  },
);
