import { describe, expect, it } from "vitest";
import { renderReport } from "../../src/backtest/render-report.ts";
import { summarize } from "../../src/backtest/summarize.ts";
import { gitRepository } from "../gitops/git-repository.ts";
import { backtestOf, deployment } from "./history-world.ts";

const path = "apps/cart/production/deployment.yaml";
const hostile = "rollback | @acme/everyone `code` <img src=x> [link](https://evil.example) \u202egnp";

async function history(subject: string) {
  const repository = gitRepository();
  repository.commit({ [path]: deployment("cart", "shop", "v1.0.0") }, { at: "2026-03-01T10:00:00Z" });
  const bad = repository.commit({ [path]: deployment("cart", "shop", "t0p-s3cret") }, { at: "2026-06-03T10:00:00Z" });
  const good = repository.commit(
    { [path]: deployment("cart", "shop", "v1.0.0") },
    { message: subject, at: "2026-06-03T11:00:00Z" },
  );
  return { bad, good, run: await backtestOf(repository) };
}

describe("the report", () => {
  it("links the commits and says how each moment ended", async () => {
    const { bad, good, run } = await history("rollback the cart");
    const address = "https://github.example/acme/shop";
    const text = renderReport(run, summarize(run), { name: "acme/shop", address });
    expect(text).toContain("# Backtest of `acme/shop`");
    expect(text).toContain(`[\`${good.slice(0, 10)}\`](${address}/commit/${good}) \`rollback the cart\` takes back`);
    expect(text).toContain(`(${address}/commit/${bad}): **exact**, confidence 0.`);
    expect(text).toContain("reproduced byte for byte 1 of 1 (100.0 %, 20.7 to 100.0 %)");
    expect(text).toContain("| named | 1 | 1 | 0 | 0 | 0 | 0 |");
  });

  it("without an address names the commits only", async () => {
    const { good, run } = await history("rollback the cart");
    const text = renderReport(run, summarize(run), { name: "local/shop", address: undefined });
    expect(text).toContain(`\`${good.slice(0, 10)}\``);
    expect(text).not.toContain("](http");
  });

  it("holds nothing of what the files contain", async () => {
    const { run } = await history("rollback the cart");
    const text = renderReport(run, summarize(run), { name: "local/shop", address: undefined });
    for (const content of ["t0p-s3cret", "v1.0.0", "registry.example", "LOG_LEVEL"])
      expect(text).not.toContain(content);
    expect(JSON.stringify(run.results)).not.toContain("t0p-s3cret");
  });

  it("shows foreign text as code, and as nothing else", async () => {
    const { run } = await history(hostile);
    const text = renderReport(run, summarize(run), { name: "local/a`b|c", address: undefined });
    const outside = text.replace(/(`+)[\s\S]*?[^`]\1(?!`)/g, "");
    expect(text).toContain("@acme/everyone");
    for (const markup of ["@acme", "<img", "evil.example", "\u202e"]) expect(outside).not.toContain(markup);
    expect(text).not.toContain("\u202e");
  });

  it("says so when there was nothing to replay", async () => {
    const repository = gitRepository();
    repository.commit({ "README.md": "hello\n" });
    const run = await backtestOf(repository);
    const text = renderReport(run, summarize(run), { name: "local/empty", address: undefined });
    expect(text).toContain("Nothing in this time could be replayed.");
  });
});
