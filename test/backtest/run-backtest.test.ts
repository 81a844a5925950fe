import { describe, expect, it } from "vitest";
import { renderReport } from "../../src/backtest/render-report.ts";
import { summarize } from "../../src/backtest/summarize.ts";
import { RemitError } from "../../src/errors.ts";
import { type GitRepository, gitRepository } from "../gitops/git-repository.ts";
import { backtestOf, deployment, verdicts } from "./history-world.ts";

const path = (service: string, environment = "production") => `apps/${service}/${environment}/deployment.yaml`;
const file = (service: string, tag: string, replicas?: number) => ({
  [path(service)]: deployment(service, "shop", tag, replicas),
});

/** Day of June 2026. */
function at(day: number, hour = 10): string {
  return `2026-06-${String(day).padStart(2, "0")}T${String(hour).padStart(2, "0")}:00:00Z`;
}

function shop(): GitRepository {
  const repository = gitRepository();
  const services = ["checkout", "cart", "search", "mail"];
  const files = Object.assign({}, ...services.map((service) => file(service, "v1.0.0")));
  repository.commit(files, { message: "Begin", at: "2026-03-01T10:00:00Z" });
  return repository;
}

describe("a history of known meaning", () => {
  it("gives exactly the known verdicts", async () => {
    const repository = shop();
    const bad = repository.commit(file("checkout", "v1.1.0"), { message: "Deploy checkout", at: at(3) });
    const exact = repository.commit(file("checkout", "v1.0.0"), {
      message: `Revert "Deploy checkout"\n\nThis reverts commit ${bad}.`,
      at: at(3, 11),
    });
    repository.commit(
      { ...file("cart", "v1.1.0"), ...file("search", "v1.1.0") },
      { message: "Deploy both", at: at(8) },
    );
    const share = repository.commit(file("cart", "v1.0.0"), {
      message: 'Revert "Deploy both" for the cart',
      at: at(8, 11),
    });
    repository.commit(file("mail", "v1.1.0"), { message: "Deploy mail", at: at(12) });
    const silent = repository.commit(file("mail", "v1.0.0"), { message: "mail is broken", at: at(12, 11) });
    repository.commit(file("mail", "v1.2.0"), { message: "Deploy mail again", at: at(20) });

    const run = await backtestOf(repository);
    const found = run.found.rollbacks.map(({ commit, named, extent }) => [commit.id, named, extent]);
    expect(found).toEqual([
      [silent, false, "whole"],
      [share, true, "share"],
      [exact, true, "whole"],
    ]);
    expect(verdicts(run.results)).toEqual({ [exact]: "exact", [share]: "exact", [silent]: "exact" });
    const quiet = run.results.filter(({ kind }) => kind === "quiet");
    expect(quiet.length).toBeGreaterThan(0);
    expect(new Set(quiet.map(({ verdict }) => verdict))).toEqual(new Set(["kept"]));
    const summary = summarize(run);
    expect(summary.rollbacks.named).toMatchObject({ cases: 2, exact: 2, wrong: 0, near: 0, abstained: 0 });
    expect(summary.rollbacks.unnamed).toMatchObject({ cases: 1, exact: 1 });
    expect(summary.precision).toMatchObject({ part: 3, whole: 3, share: 1, high: 1 });
  });

  it("tells what is right for the alert's target from a mistake, where the person did the same for others, too", async () => {
    const repository = gitRepository();
    const of = (tag: string, ...environments: readonly string[]) =>
      Object.fromEntries(
        environments.map((each) => [`apps/cart/${each}/deployment.yaml`, deployment("cart", each, tag)]),
      );
    repository.commit(of("v1", "production", "staging"), { message: "Begin", at: "2026-03-01T10:00:00Z" });
    repository.commit(of("v2", "production", "staging"), { message: "Deploy cart", at: at(3) });
    const both = repository.commit(of("v1", "production", "staging"), {
      message: 'Revert "Deploy cart"',
      at: at(3, 11),
    });
    repository.commit(of("v3", "production"), { message: "Deploy cart again", at: at(20) });
    const other = repository.commit(
      { ...of("v1", "production"), ...of("v0", "staging") },
      { message: "Roll back production to v1, and staging further", at: at(20, 11) },
    );
    const run = await backtestOf(repository);
    expect(verdicts(run.results)).toEqual({ [both]: "part" });
    expect(run.found.rollbacks.map(({ commit }) => commit.id)).not.toContain(other);
    const summary = summarize(run);
    expect(summary.rollbacks.named).toMatchObject({ cases: 1, exact: 0, part: 1, wrong: 0 });
    expect(summary.precision).toMatchObject({ part: 0, whole: 0 });
    expect(summary.targets.map(({ target, mistaken }) => [target, mistaken])).toEqual([["cart/production", 0]]);
    expect(renderReport(run, summary, { name: "shop", address: undefined })).not.toContain("## Mistakes");
  });

  it("says again the same of the same repository", async () => {
    const repository = shop();
    repository.commit(file("cart", "v1.1.0"), { at: at(3) });
    repository.commit(file("cart", "v1.0.0"), { message: "rollback", at: at(3, 12) });
    repository.commit(file("mail", "v2.0.0"), { at: at(25) });
    expect((await backtestOf(repository)).results).toEqual((await backtestOf(repository)).results);
  });

  it("finds restarts, scalings and switches", async () => {
    const repository = shop();
    repository.commit(file("cart", "v1.0.0", 4), { message: "More cart", at: at(3) });
    repository.commit(file("cart", "v1.0.0", 2), { message: "Less cart", at: at(4) });
    repository.commit({ "apps/mail/flags.env": "NEW_MAIL=false\nRESTART_ME=001\n" }, { at: at(5) });
    repository.commit({ "apps/mail/flags.env": "NEW_MAIL=true\nRESTART_ME=001\n" }, { at: at(6) });
    repository.commit({ "apps/mail/flags.env": "NEW_MAIL=true\nRESTART_ME=002\n" }, { at: at(7) });
    const run = await backtestOf(repository);
    expect(run.found.rollbacks).toEqual([]);
    expect(run.found.actions.map(({ kind }) => kind)).toEqual(["restart", "flag", "scale", "scale"]);
    const other = { near: 0, wrong: 0, abstained: 0, noCommand: 0, unknown: 0, failed: 0 };
    const [scale, restart, flag] = summarize(run).actions;
    expect(restart).toEqual({ kind: "restart", found: 1, looked: 1, exact: 1, ...other });
    expect([scale, flag].map((each) => [each?.kind, each?.found, each?.looked])).toEqual([
      ["scale", 2, 2],
      ["flag", 1, 1],
    ]);
  });

  it("asks for what people did by the command that says it, and compares the bytes", async () => {
    const repository = shop();
    const cron = (suspend: boolean, schedule = "0 * * * *") =>
      `apiVersion: batch/v1\nkind: CronJob\nmetadata:\n  name: cart\nspec:\n  suspend: ${suspend}\n  schedule: "${schedule}"\n`;
    const path = "apps/cart/cron.yaml";
    repository.commit({ [path]: cron(false) }, { at: at(3) });
    repository.commit({ [path]: cron(true) }, { message: "Stop it", at: at(4) });
    const [suspend] = summarize(await backtestOf(repository)).actions;
    expect(suspend).toMatchObject({ kind: "suspend", found: 1, looked: 1, exact: 1 });
  });

  it("looks at other actions only as far as rollbacks and quiet moments leave room", async () => {
    const repository = shop();
    for (let day = 1; day <= 8; day++) repository.commit(file("cart", "v1.0.0", day + 2), { at: at(day) });
    const { results, found } = await backtestOf(repository, { limit: 4 });
    expect(found.actions).toHaveLength(8);
    expect(results.filter(({ kind }) => kind === "action")).toHaveLength(3);
  });

  it("counts what speaks of an undoing and can't be replayed, with the reason", async () => {
    const repository = shop();
    repository.commit({ "README.md": "a\n" }, { message: "Write", at: at(1) });
    repository.commit({ "README.md": "b\n" }, { message: 'Revert "Write"', at: at(2) });
    repository.commit(file("cart", "v1.1.0"), { message: "Deploy cart", at: at(3) });
    repository.commit(file("cart", "v1.0.0"), { message: 'Revert "Deploy cart"', at: at(4) });
    repository.commit(file("cart", "v1.1.0"), { message: 'Revert "Revert "Deploy cart""', at: at(5) });
    repository.commit(file("cart", "v0.9.0"), { message: 'Revert "Deploy cart"', at: at(6) });
    repository.commit(file("cart", "v0.8.0"), { message: "Roll back further", at: at(7) });
    repository.commit({ "big.yaml": "a: 1\n".repeat(30) }, { message: "Roll back a lot", at: at(8) });
    const { found } = await backtestOf(repository);
    expect(found.unreplayable.map(({ why }) => why)).toEqual([
      "too-large",
      "undone-unknown",
      "not-an-inverse",
      "put-forward-again",
      "not-configuration",
    ]);
    expect(found.rollbacks).toHaveLength(1);
  });

  it("at a quiet moment never asks about a target that changed lately", async () => {
    const repository = shop();
    for (let day = 1; day <= 20; day++)
      repository.commit(file("cart", `v1.${day}.0`), { message: "Deploy", at: at(day) });
    const { results } = await backtestOf(repository);
    const quiet = results.filter(({ kind }) => kind === "quiet");
    expect(quiet.length).toBeGreaterThan(5);
    for (const { target, at: moment } of quiet.slice(1))
      if (moment > Date.parse(at(2))) expect(target?.service).not.toBe("cart");
  });

  it("replays no more than the limit, and named rollbacks first", async () => {
    const repository = shop();
    const named: string[] = [];
    for (let day = 1; day <= 8; day++) {
      repository.commit(file("cart", `v2.${day}.0`), { message: `Deploy ${day}`, at: at(day) });
      const message = day % 2 === 0 ? `Revert "Deploy ${day}"` : `Better so ${day}`;
      const id = repository.commit(file("cart", "v1.0.0"), { message, at: at(day, 12) });
      if (day % 2 === 0) named.push(id);
    }
    const run = await backtestOf(repository, { limit: 5 });
    expect(run.results).toHaveLength(5);
    expect(Object.keys(verdicts(run.results)).filter((id) => !named.includes(id))).toEqual([]);
  });

  it("stops when it is told to, with what it knows", async () => {
    const repository = shop();
    for (let day = 1; day <= 6; day++) {
      repository.commit(file("cart", `v2.${day}.0`), { at: at(day) });
      repository.commit(file("cart", "v1.0.0"), { message: "rollback", at: at(day, 12) });
    }
    const stopping = new AbortController();
    const run = await backtestOf(repository, {
      signal: stopping.signal,
      progress: (done) => {
        if (done === 2) stopping.abort();
      },
    });
    expect(run).toMatchObject({ interrupted: true });
    expect(run.results).toHaveLength(2);
    expect(run.cases).toBeGreaterThan(2);
  });

  it("counts no failure that the interruption itself caused", async () => {
    const repository = shop();
    repository.commit(file("cart", "v2.0.0"), { at: at(1) });
    repository.commit(file("cart", "v1.0.0"), { message: "rollback", at: at(1, 12) });
    const stopping = new AbortController();
    const fails = async () => {
      stopping.abort();
      throw new RemitError("git-failed", "git ended with SIGINT");
    };
    const run = await backtestOf(repository, { signal: stopping.signal, catalogue: fails });
    expect(run).toMatchObject({ interrupted: true, results: [] });
  });

  it("keeps what fails as a verdict, and goes on", async () => {
    const repository = shop();
    repository.commit(file("cart", "v2.0.0"), { at: at(1) });
    repository.commit(file("cart", "v1.0.0"), { message: "rollback", at: at(1, 12) });
    const fails = () => Promise.reject(new RemitError("git-failed", "secret text"));
    const { results } = await backtestOf(repository, { catalogue: fails });
    expect(results.length).toBeGreaterThan(1);
    expect(new Set(results.map(({ verdict, failure }) => `${verdict} ${failure}`))).toEqual(
      new Set(["failed git-failed"]),
    );
  });

  it("reports nothing from outside its window", async () => {
    const repository = shop();
    repository.commit(file("cart", "v1.1.0"), { at: at(1) });
    repository.commit(file("cart", "v1.0.0"), { message: "rollback", at: at(2) });
    repository.commit(file("cart", "v1.2.0"), { at: at(9) });
    const late = repository.commit(file("cart", "v1.0.0"), { message: "rollback", at: at(10) });
    repository.commit(file("cart", "v1.3.0"), { at: at(20) });
    repository.commit(file("cart", "v1.0.0"), { message: "rollback", at: at(21) });
    const { found } = await backtestOf(repository, { since: at(10, 0), until: at(15) });
    expect(found.rollbacks.map(({ commit }) => commit.id)).toEqual([late]);
  });
});
