import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { overlay, overlayFile } from "../../../src/sandbox/demo/shop-files.ts";
import { imported, minute, shop, shopFiles, start, unaskedShop } from "./unasked-shop.ts";

const pack = join(import.meta.dirname, "../../../policies");
const policy = ".github/remit/authority.yaml";
const ownPolicy = readFileSync(join(pack, "authority.yaml"), "utf8").replace("name: default", "name: ours");

describe("a repository without a policy", { timeout: 120_000 }, () => {
  it("is asked once, by one signed commit that adds the default pack and nothing else", async () => {
    const made = await unaskedShop();
    // To look, to ask, and the check.
    expect(await made.look()).toBe(3);
    const pull = await made.one();
    expect(pull).toMatchObject({ state: "open", author: "remit[bot]", branch: "remit/onboarding" });
    const { rest } = made.as("alice");
    const { data: commits } = await rest.pulls.listCommits({ ...shop, pull_number: pull.number });
    expect(commits).toMatchObject([{ commit: { verification: { verified: true } } }]);
    const { data: files } = await rest.pulls.listFiles({ ...shop, pull_number: pull.number, per_page: 100 });
    expect(new Set(files.map(({ status }) => status))).toEqual(new Set(["added"]));
    expect(files.every(({ filename }) => filename.startsWith(".github/remit/"))).toBe(true);
    const { data } = await rest.repos.getContent({ ...shop, path: policy, ref: pull.branch });
    const text = "content" in data ? Buffer.from(data.content, "base64").toString("utf8") : "";
    expect(text).toBe(readFileSync(join(pack, "authority.yaml"), "utf8"));
    const { data: checks } = await rest.checks.listForRef({ ...shop, ref: pull.head, check_name: "remit/gate" });
    expect(checks.check_runs).toMatchObject([
      { conclusion: "neutral", output: { title: "the policy changes: people decide that" } },
    ]);
    made.clock.advance(minute);
    expect(await made.look()).toBe(0);
    await made.push({ "README.md": "# Shop\n" });
    expect(await made.look()).toBe(0);
  });

  it("is shown its targets and what Remit would have done in its own past", async () => {
    const day = 24 * 60 * minute;
    const release = (version: string, ago: number, message: string) => {
      const files = { [overlayFile("checkout", "production")]: overlay("checkout", "production", version, 3) };
      return { author: "bob" as const, date: start - ago, message, files };
    };
    const made = await unaskedShop({
      initial: [
        imported(),
        release("v1.6.0", 5 * day, "checkout v1.6.0 to production"),
        release("v1.4.2", 5 * day - 20 * minute, 'Revert "checkout v1.6.0 to production"'),
      ],
    });
    await made.look();
    const { body } = await made.one();
    expect(body).toMatch(/\| `production` \| 6 \| `cart` `cart-production` `catalog` .*`checkout`.* \| 120 \|/);
    expect(body).toContain("people took something back once. Remit was given the state before");
    expect(body).toContain("| would have proposed what the person did, byte for byte | 1 |");
    expect(body).toContain("<summary>Report</summary>");
  });

  it("in whose past nobody took anything back is told so", async () => {
    const made = await unaskedShop();
    await made.look();
    expect((await made.one()).body).toContain("no rollback by a person was found");
  });

  it("isn't asked again by a lost store, a second process or a webhook that comes twice", async () => {
    const made = await unaskedShop();
    await made.look();
    const other = await made.another();
    expect(await made.look(other)).toBe(1);
    for (const by of [made.assembly, other]) {
      const repositories = [{ id: 730_001, full_name: "acme/shop" }];
      for (const _ of [1, 2])
        await made.tell(
          "installation",
          { action: "created", repository: undefined, repositories, installation: { id: 52_000_001 } },
          by,
        );
      await made.work(by);
    }
    await made.one();
  });

  it("is asked once by two processes that look at the same time", async () => {
    const made = await unaskedShop();
    const other = await made.another();
    await Promise.allSettled([made.look(), made.look(other)]);
    made.clock.advance(minute);
    await made.look();
    await made.look(other);
    await made.one();
  });

  it.each([
    [
      "close the pull request",
      (made: Made, number: number) =>
        made.as("bob").rest.pulls.update({ ...shop, pull_number: number, state: "closed" }),
    ],
    [
      "delete the branch",
      (made: Made) => made.as("bob").rest.git.deleteRef({ ...shop, ref: "heads/remit/onboarding" }),
    ],
  ])("whose people %s has said no, whatever is lost, and however it is installed again", async (_, sayNo) => {
    const made = await unaskedShop();
    await made.look();
    const { number } = await made.one();
    await sayNo(made, number);
    await made.look(await made.another());
    await made.tell("installation_repositories", {
      ...{ action: "added", repository: undefined, installation: { id: 52_000_001 } },
      repositories_added: [{ id: 730_001, full_name: "acme/shop" }],
    });
    await made.work();
    expect(await made.one()).toMatchObject({ number, state: "closed" });
  });

  it("whose people reopen the pull request is asked again: a policy by another way closes it", async () => {
    const made = await unaskedShop();
    await made.look();
    const pull_number = (await made.one()).number;
    const { pulls } = made.as("bob").rest;
    await pulls.update({ ...shop, pull_number, state: "closed" });
    const other = await made.another();
    await made.look(other);
    await pulls.update({ ...shop, pull_number, state: "open" });
    expect(await made.look(other)).toBe(0);
    await made.push({ [policy]: ownPolicy }, other);
    expect(await made.look(other)).toBe(2);
    expect(await made.one()).toMatchObject({ state: "closed", merged: false });
  });

  it("gets the pull request closed with a note when a policy comes by another way", async () => {
    const made = await unaskedShop();
    await made.look();
    const { number } = await made.one();
    await made.push({ [policy]: ownPolicy });
    expect(await made.look()).toBe(2);
    expect(await made.one()).toMatchObject({ state: "closed", merged: false });
    const { data } = await made.as("alice").rest.issues.listComments({ ...shop, issue_number: number });
    expect(data.map(({ body }) => body)).toEqual([expect.stringContaining("has a policy for Remit now")]);
    await made.push({ [policy]: null });
    expect(await made.look()).toBe(0);
    expect(await made.look(await made.another())).toBe(1);
    await made.one();
  });

  it("whose people push to the branch has taken it over: nothing of it is touched any more", async () => {
    const made = await unaskedShop();
    await made.look();
    const { number } = await made.one();
    const head = await made.github.commitAs("carol", {
      branch: "remit/onboarding",
      message: "With staging",
      files: { [policy]: ownPolicy },
    });
    await made.push({ [policy]: ownPolicy });
    await made.look();
    expect(await made.one()).toMatchObject({ number, state: "open", head });
    const { data } = await made.as("alice").rest.issues.listComments({ ...shop, issue_number: number });
    expect(data).toEqual([]);
  });

  it("isn't merged by Remit, whoever approves it; merged by a person it is in force, and lets Remit only observe", async () => {
    const made = await unaskedShop({ config: { dashboard: true } });
    await made.look();
    const { number } = await made.one();
    for (const login of ["alice", "bob", "carol"] as const)
      await made.as(login).rest.pulls.createReview({ ...shop, pull_number: number, event: "APPROVE" });
    await made.tell("pull_request_review", { action: "submitted" });
    for (let at = 0; at < 5; at++) {
      made.clock.advance(60 * minute);
      await made.assembly.endLeases?.();
      await made.work();
    }
    expect(await made.one()).toMatchObject({ state: "open", merged: false });
    await made.as("alice").rest.pulls.merge({ ...shop, pull_number: number });
    await made.tell("push", { ref: "refs/heads/main" });
    await made.look();
    expect(await made.look()).toBe(0);
    await made.assembly.endLeases?.();
    await made.work();
    const { data } = await made.as("alice").rest.issues.listForRepo({ ...shop, labels: "remit:dashboard" });
    expect(data[0]?.body).toContain("| `everything` | `*` | `*` | `*` | observe | enforce |");
    await made.one();
  });

  it.each([
    ["that is archived", (made: Made) => made.github.setArchived(true)],
    ["that is a fork", (made: Made) => made.github.setFork(true)],
  ])("%s isn't asked, and looked at once", async (_, make) => {
    const made = await unaskedShop();
    make(made);
    expect(await made.look()).toBe(1);
    expect(await made.look()).toBe(0);
    expect(await made.pulls()).toEqual([]);
  });

  it("that is empty, or holds no target, is asked when there is one", async () => {
    const made = await unaskedShop({ initial: [] });
    expect(await made.look()).toBe(1);
    await made.push({ "README.md": "# Shop\n" });
    expect(await made.look()).toBe(1);
    expect(await made.look()).toBe(0);
    await made.push({ "docs/a.md": "# More\n" });
    expect(await made.look()).toBe(0);
    expect(await made.pulls()).toEqual([]);
    await made.push(shopFiles);
    await made.look();
    await made.one();
  });

  it("that took a policy away in the last year isn't asked for one", async () => {
    const made = await unaskedShop();
    await made.push({ [policy]: ownPolicy });
    await made.push({ [policy]: null });
    expect(await made.look()).toBe(1);
    expect(await made.pulls()).toEqual([]);
    expect(await made.look()).toBe(0);
  });

  it("that is stopped is asked once that is over", async () => {
    const made = await unaskedShop();
    const { rest } = made.as("alice");
    const { data } = await rest.issues.create({ ...shop, title: "Stop", labels: ["remit:stop"] });
    expect(await made.look()).toBe(1);
    expect(await made.look()).toBe(0);
    await rest.issues.update({ ...shop, issue_number: data.number, state: "closed" });
    const issue = { labels: [{ name: "remit:stop" }] };
    await made.tell("issues", { action: "closed", issue });
    await made.work();
    await made.one();
  });

  it("isn't even looked at while REMIT_STOP is set, nor with onboarding off", async () => {
    for (const config of [{ stop: true }, { onboarding: false }]) {
      const made = await unaskedShop({ config });
      expect(await made.look()).toBe(0);
      expect(await made.pulls()).toEqual([]);
    }
  });

  it("whose branch of that name is somebody else's is left alone", async () => {
    const made = await unaskedShop();
    await made.github.commitAs("carol", {
      branch: "remit/onboarding",
      message: "Mine",
      files: { [policy]: ownPolicy },
    });
    await made.look();
    expect(await made.look()).toBe(0);
    expect(await made.pulls()).toEqual([]);
  });

  it.each([".github", ".github/remit", ".github/remit/runbooks"])("that has a file at %s isn't asked", async (path) => {
    const made = await unaskedShop({ initial: [imported({ ...shopFiles, [path]: "a file\n" })] });
    await made.look();
    expect(await made.pulls()).toEqual([]);
  });

  it("is asked with what is there already, where GitHub broke off after the branch or the commit", async () => {
    for (const operation of ["createCommitOnBranch", "createPullRequest"]) {
      const made = await unaskedShop();
      made.github.faults.fail({ operation }, { kind: "field", type: "UNPROCESSABLE", message: "Something went wrong" });
      await expect(made.look()).rejects.toThrow("Something went wrong");
      expect(await made.pulls()).toEqual([]);
      const other = await made.another();
      await made.push({ "README.md": "# Shop\n" }, other);
      await made.look(other);
      const { number } = await made.one();
      const { data: files } = await made
        .as("bob")
        .rest.pulls.listFiles({ ...shop, pull_number: number, per_page: 100 });
      expect(files.map(({ filename }) => filename)).toContain(policy);
      expect(files.every(({ filename, status }) => status === "added" && filename.startsWith(".github/remit/"))).toBe(
        true,
      );
    }
  });

  it("whose branch holds more than the pack, or other bytes, isn't asked with it, whoever it says wrote it", async () => {
    const made = await unaskedShop();
    made.github.faults.fail(
      { operation: "createPullRequest" },
      { kind: "field", type: "UNPROCESSABLE", message: "No" },
    );
    await expect(made.look()).rejects.toThrow("No");
    await made.github.commitAs("carol", {
      branch: "remit/onboarding",
      message: "More",
      files: { "apps/x.yaml": "a: 1\n" },
    });
    await made.look(await made.another());
    expect(await made.pulls()).toEqual([]);
  });
});

type Made = Awaited<ReturnType<typeof unaskedShop>>;
