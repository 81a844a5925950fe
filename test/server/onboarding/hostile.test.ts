import { describe, expect, it } from "vitest";
import { RemitError } from "../../../src/errors.ts";
import { createOnboarding } from "../../../src/github/create-forge.ts";
import { createGitHubApp } from "../../../src/github/github-app.ts";
import { formatOnboardingTask } from "../../../src/remediation/onboarding/onboarding-task.ts";
import { activeMarkup } from "../../remediation/prose/code-free.ts";
import { imported, shop, unaskedShop } from "./unasked-shop.ts";

const manifest = (name: string) =>
  `apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: ${JSON.stringify(name)}\n  namespace: shop\nspec:\n  replicas: 1\n  template:\n    spec:\n      containers:\n        - name: app\n          image: registry.example/app:v1\n`;

describe("onboarding", { timeout: 120_000 }, () => {
  it("field note S25: makes no mention, link or markup of what a repository holds", async () => {
    const names = [
      "@acme/payments",
      "![x](https://evil.example/p.png)",
      "</details><h1>#12",
      "a`b|c",
      "https://evil.example",
    ];
    const files = Object.fromEntries(
      names.map((name, index) => [`apps/a${index}/production/app.yaml`, manifest(name)]),
    );
    const message = 'Revert "@acme/payments </details> ![x](https://evil.example)"\n\nfixes #1';
    const made = await unaskedShop({
      initial: [imported(files), { author: "carol", message, files: { "apps/x/production/app.yaml": manifest("x") } }],
    });
    await made.look();
    const { title, body } = await made.one();
    for (const name of names) expect(body).toContain(name.replace("|", "¦"));
    expect([...activeMarkup(title), ...activeMarkup(body)]).toEqual([]);
  });

  it("writes nothing once another worker took over", async () => {
    const made = await unaskedShop();
    const key = formatOnboardingTask("acme/shop");
    const hold = {
      lease: { key, token: "old" },
      renew: async () => {
        throw new RemitError("lease-lost", "another worker took over");
      },
    };
    await expect(made.assembly.reconcile(key, hold)).rejects.toThrow("another worker took over");
    expect(made.github.requests.filter(({ operation }) => operation.startsWith("mutation"))).toEqual([]);
  });

  it("can add no file but those of the pack, whoever asks it to, and none outside the policy's directory", async () => {
    const { github } = await unaskedShop();
    const app = createGitHubApp({ ...github, throttle: false });
    const options = { app, repository: "acme/shop", installationId: github.installationId };
    const bytes = Buffer.from("on: push\n");
    const pack = new Map([
      [".github/workflows/deploy.yml", bytes],
      [".github/remit/authority.yaml", bytes],
    ]);
    const onboarding = createOnboarding(options, pack);
    const view = await onboarding.look();
    const words = { headline: "h", message: "m", title: "t", body: "b" };
    for (const path of [
      ".github/workflows/deploy.yml",
      ".github/remit/STOP",
      "apps/a.yaml",
      ".github/remit/../CODEOWNERS",
    ]) {
      const base = view.base?.head ?? "";
      const asked = onboarding.open(view, { base, add: [".github/remit/authority.yaml", path], ...words });
      await expect(asked).rejects.toMatchObject({ code: "internal" });
    }
    expect(github.requests.filter(({ operation }) => operation.startsWith("mutation"))).toEqual([]);
    expect(Object.keys(onboarding).sort()).toEqual(["close", "look", "open"]);
  });

  it("isn't gone on with from a commit that is Remit's own, and holds something else", async () => {
    const made = await unaskedShop();
    const { github } = made;
    const app = createGitHubApp({ ...github, throttle: false });
    const path = ".github/remit/authority.yaml";
    const older = createOnboarding(
      { app, repository: "acme/shop", installationId: github.installationId },
      new Map([[path, Buffer.from("spec: {}\n")]]),
    );
    const view = await older.look();
    const words = { headline: "h", message: "m", title: "t", body: "b" };
    const lost = { operation: "createPullRequest" };
    github.faults.fail(lost, { kind: "field", type: "UNPROCESSABLE", message: "No" });
    await expect(older.open(view, { base: view.base?.head ?? "", add: [path], ...words })).rejects.toThrow("No");
    await made.look();
    expect(await made.pulls()).toEqual([]);
  });

  it("isn't what another's pull request from a branch of that name makes of it", async () => {
    const made = await unaskedShop();
    const branch = "remit/onboarding";
    await made.github.commitAs("carol", { branch, message: "Mine", files: { "README.md": "# Mine\n" } });
    const carol = made.as("carol").rest;
    const { data } = await carol.pulls.create({
      ...shop,
      title: "Let Remit watch this repository",
      head: branch,
      base: "main",
    });
    await carol.pulls.update({ ...shop, pull_number: data.number, state: "closed" });
    await made.as("alice").rest.git.deleteRef({ ...shop, ref: `heads/${branch}` });
    await made.look();
    expect((await made.pulls()).map(({ author, state }) => [author, state])).toEqual([
      ["remit[bot]", "open"],
      ["carol", "closed"],
    ]);
  });
});
