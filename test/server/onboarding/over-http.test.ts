/** The App is installed, and GitHub says so by signed webhooks over HTTP; everything else is as `remit serve` does it. */
import { join } from "node:path";
import { expect, it, onTestFinished, vi } from "vitest";
import { systemClock } from "../../../src/clock.ts";
import { defaultSettings } from "../../../src/remediation/settings.ts";
import { startRemit } from "../../../src/sandbox/demo/start-remit.ts";
import { repo, startWorld } from "../../sandbox/github/world.ts";
import { temporaryDirectory } from "../../store/temporary-directory.ts";
import { imported } from "./unasked-shop.ts";

it.each(["installed", "added"] as const)(
  "a repository where the App was %s is asked once, and gated at each push to the branch; merged, it is settled",
  async (how) => {
    const world = await startWorld({ initial: [imported()], ci: false, requiredChecks: ["remit/gate"] });
    const { github } = world;
    const directory = join(temporaryDirectory(), "remit");
    const app = await startRemit({
      ...{ directory, github, settings: defaultSettings, clock: systemClock, onboarding: true },
    });
    onTestFinished(() => app.close());
    github.setWebhook(app.webhookUrl);
    const alice = world.as("alice");
    const pulls = async () => (await alice.pulls.list({ ...repo, state: "all" })).data;
    const gated = (ref: string) =>
      vi.waitFor(
        async () => {
          const { data } = await world.remit.checks.listForRef({ ...repo, ref, check_name: "remit/gate" });
          expect(data.check_runs).toMatchObject([{ status: "completed", conclusion: "neutral" }]);
        },
        { timeout: 20_000, interval: 50 },
      );
    github.install(how);
    await vi.waitFor(async () => expect(await pulls()).toHaveLength(1), { timeout: 20_000, interval: 50 });
    const [pull] = await pulls();
    expect(pull).toMatchObject({ user: { login: "remit[bot]" }, head: { ref: "remit/onboarding" }, state: "open" });
    await gated(pull?.head.sha ?? "");
    const files = { ".github/remit/runbooks/saturation.md": "Ask the shop's team first.\n" };
    const head = await github.commitAs("carol", { branch: "remit/onboarding", message: "Our words", files });
    await gated(head);
    const [first] = github.deliveries.filter(({ event }) => event.startsWith("installation"));
    github.redeliver(first?.guid ?? "");
    await github.settled();
    await alice.pulls.merge({ ...repo, pull_number: pull?.number ?? 0, sha: head });
    await github.settled();
    github.install(how);
    await github.settled();
    await vi.waitFor(async () => expect(github.requests.at(-1)?.operation).toContain("query"), { timeout: 20_000 });
    expect(await pulls()).toMatchObject([{ number: pull?.number, merged_at: expect.any(String) }]);
    expect(app.problems).toEqual([]);
  },
  60_000,
);
