import { describe, expect, test } from "vitest";
import { asked, codes, history, now, written } from "./asked.ts";
import { onPaper, refusals } from "./on-paper.ts";

const cron = (rest: string) =>
  `apiVersion: batch/v1\nkind: CronJob\nmetadata:\n  name: report\nspec:\n  schedule: "0 * * * *"\n${rest}  jobTemplate:\n    spec: {}\n`;
const path = "apps/report/production/cronjob.yaml";
const hour = 60 * 60_000;

describe("suspend", () => {
  test("turns the switch, for a time", async () => {
    const answer = await asked(history({ [path]: cron("  suspend: false # night\n") }), "/remit suspend report");
    expect(written(answer)).toEqual({ [path]: cron("  suspend: true # night\n") });
    expect(answer.expiresAt).toBe(now + 4 * hour);
    expect(answer.title).toBe("suspend report in production");
  });

  test("takes as long as a person says", async () => {
    const answer = await asked(history({ [path]: cron("  suspend: false\n") }), "/remit suspend report --for 30m");
    expect(answer.expiresAt).toBe(now + hour / 2);
  });

  test("writes the switch of a CronJob that has none", async () => {
    const answer = await asked(history({ [path]: cron("") }), "/remit suspend report");
    expect(answer.files[0]?.content?.match(/^ {2}suspend: true$/m)).not.toBeNull();
    expect(answer.files[0]?.content?.replace("  suspend: true\n", "")).toBe(cron(""));
  });

  test("writes it where it stood before", async () => {
    const values = (line: string) => `job:\n${line}  image: r.io/report:v1\n`;
    const file = "charts/report/values.yaml";
    const chart = { "charts/report/Chart.yaml": "apiVersion: v2\nname: report\nversion: 1.0.0\n" };
    const repository = history({ ...chart, [file]: values("  suspend: true\n") }, { ...chart, [file]: values("") });
    const text = (await asked(repository, "/remit suspend report")).files[0]?.content;
    expect(text?.split("\n").toSorted()).toEqual(values("  suspend: true\n").split("\n").toSorted());
  });

  test("what is suspended already is left", async () => {
    const answer = await asked(history({ [path]: cron("  suspend: true\n") }), "/remit suspend report");
    expect([answer.outcome, codes(answer)]).toEqual(["abstain", ["already-restored"]]);
  });

  test("field note 29: of a Flux object it says that nothing is mended meanwhile", async () => {
    const release = (suspended: boolean) =>
      `apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata:\n  name: report\nspec:\n  suspend: ${suspended}\n`;
    const file = "apps/report/production/release.yaml";
    const answer = await asked(history({ [file]: release(false) }), "/remit suspend report");
    expect(written(answer)).toEqual({ [file]: release(true) });
    expect(codes(answer)).toContain("reconciliation-stops");
    expect(codes(await asked(history({ [path]: cron("  suspend: false\n") }), "/remit suspend report"))).not.toContain(
      "reconciliation-stops",
    );
  });
});

describe("whoever applies it", () => {
  const deployment =
    "apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: checkout\nspec:\n  template:\n    spec:\n      containers:\n        - name: app\n          image: r.io/checkout:v1\n";
  const file = "argocd/checkout-production.yaml";
  const application = (policy: string) =>
    `apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata:\n  name: checkout-production\nspec:\n  source:\n    repoURL: https://github.com/acme/shop\n    path: apps/checkout/production\n${policy}  destination:\n    namespace: shop\n`;
  const repository = (policy: string) =>
    history({ "apps/checkout/production/deployment.yaml": deployment, [file]: application(policy) });
  const line = "/remit suspend checkout --environment production";

  test.each([
    [
      "in a line of its own",
      "  syncPolicy:\n    automated: {prune: true, selfHeal: true}\n    syncOptions: [A=b]\n",
      "  syncPolicy:\n    syncOptions: [A=b]\n",
    ],
    [
      "in lines of its own",
      "  syncPolicy:\n    syncOptions: [A=b]\n    automated:\n      prune: true\n",
      "  syncPolicy:\n    syncOptions: [A=b]\n",
    ],
    [
      "that holds nothing",
      "  syncPolicy:\n    automated: {}\n    retry: {limit: 2}\n",
      "  syncPolicy:\n    retry: {limit: 2}\n",
    ],
    ["with the policy that holds nothing else", "  syncPolicy:\n    automated:\n      prune: true\n", ""],
  ])("an Application doesn't sync by itself for a time: %s", async (_, policy, rest) => {
    const answer = await asked(repository(policy), line);
    expect(written(answer)).toEqual({ [file]: application(rest) });
    expect(answer.expiresAt).toBe(now + 4 * hour);
    expect(codes(answer)).toContain("reconciliation-stops");
  });

  test.each([
    ["has no policy", ""],
    ["doesn't sync by itself", "  syncPolicy:\n    syncOptions: [A=b]\n"],
    ["says that it is disabled", "  syncPolicy:\n    automated:\n      enabled: false\n"],
  ])("one that %s is left", async (_, policy) => {
    expect((await asked(repository(policy), line)).outcome).toBe("abstain");
  });

  test("a HelmRelease that says nothing yet is told to stop", async () => {
    const path = "apps/checkout/production/release.yaml";
    const release = (more: string) =>
      `apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata:\n  name: checkout\nspec:\n  interval: 5m\n${more}`;
    const answer = await asked(history({ [path]: release("") }), line);
    expect(written(answer)).toEqual({ [path]: release("  suspend: true\n") });
    expect(codes(answer)).toContain("reconciliation-stops");
  });

  test("a runbook doesn't stop it: that is for a person", () => {
    const files = {
      "apps/checkout/production/deployment.yaml": deployment,
      [file]: application("  syncPolicy:\n    automated: {}\n"),
    };
    expect(refusals(onPaper(files, line))).toEqual(["candidate"]);
    expect(refusals(onPaper(files, line, { command: undefined }))).toEqual(["edit-not-found"]);
  });

  test("what runs comes first", async () => {
    const job = "apps/checkout/production/cronjob.yaml";
    const both = history({
      "apps/checkout/production/deployment.yaml": deployment,
      [job]: cron("").replace("report", "checkout"),
      [file]: application("  syncPolicy:\n    automated: {}\n"),
    });
    expect(Object.keys(written(await asked(both, line)))).toEqual([job]);
    expect(Object.keys(written(await asked(both, `${line} --component checkout-production`)))).toEqual([file]);
  });
});

describe("resume", () => {
  test("turns the switch back, for good", async () => {
    const answer = await asked(history({ [path]: cron("  suspend: true\n") }), "/remit resume report");
    expect(written(answer)).toEqual({ [path]: cron("  suspend: false\n") });
    expect(answer.expiresAt).toBeUndefined();
  });

  test("takes away what was written to suspend it", async () => {
    const repository = history({ [path]: cron("") }, { [path]: cron("  suspend: true\n") });
    expect(written(await asked(repository, "/remit resume report"))).toEqual({ [path]: cron("") });
  });

  test("in an overlay changes the overlay, and not the base that others share", async () => {
    const release = (suspended: boolean) =>
      `apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata:\n  name: report\nspec:\n  values:\n    suspend: ${suspended}\n`;
    const kustomization = (body: string) => `apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\n${body}`;
    const files = {
      "apps/report/base/release.yaml": release(true),
      "apps/report/base/kustomization.yaml": kustomization("resources:\n  - release.yaml\n"),
      "apps/report/production/patch.yaml": release(true),
      "apps/report/production/kustomization.yaml": kustomization(
        "resources:\n  - ../base\npatches:\n  - path: patch.yaml\n",
      ),
      "apps/report/staging/kustomization.yaml": kustomization("resources:\n  - ../base\n"),
    };
    const answer = await asked(history(files), "/remit resume report --environment production");
    expect(written(answer)).toEqual({ "apps/report/production/patch.yaml": release(false) });
  });

  test("what isn't suspended is left", async () => {
    const answer = await asked(history({ [path]: cron("  suspend: false\n") }), "/remit resume report");
    expect(answer.outcome).toBe("abstain");
  });
});
