import { execFileSync } from "node:child_process";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { branchName, parseBranchName } from "../../src/remediation/branch-name.ts";
import { targetSlug } from "../../src/target.ts";

const digests = fc.string({ unit: fc.constantFrom(..."0123456789abcdef"), minLength: 12, maxLength: 64 });
const targets = fc.record({
  service: fc.string({ unit: "binary" }),
  environment: fc.option(fc.string(), { nil: undefined }),
  namespace: fc.constant(undefined),
});
const actions = fc.constantFrom("rollback" as const, "undo" as const);

describe("a branch name", () => {
  it("reads back as what it was made from, whatever the target is called", () => {
    fc.assert(
      fc.property(actions, targets, digests, (action, target, digest) => {
        const parsed = parseBranchName(branchName({ action, target, digest }));
        expect(parsed).toEqual({ action, slug: targetSlug(target), digest });
      }),
    );
  });

  it("is one that git accepts", () => {
    const names = fc
      .sample(fc.tuple(actions, targets, digests), 40)
      .map(([action, target, digest]) => branchName({ action, target, digest }));
    for (const name of names) execFileSync("git", ["check-ref-format", "--branch", name]);
  });

  it("shows action, target and digest", () => {
    const target = { service: "checkout", environment: "production", namespace: undefined };
    expect(branchName({ action: "rollback", target, digest: "3f2a9c1b40de" })).toBe(
      "remit/rollback/checkout-production/3f2a9c1b40de",
    );
  });

  it.each(["", "xyz", "3F2A9C1B40DE", "3f2a/../../main", "3f2a9c1b40d"])("isn't made from %j as a digest", (digest) => {
    const target = { service: "a", environment: undefined, namespace: undefined };
    expect(() => branchName({ action: "undo", target, digest })).toThrow(/digest/);
  });

  it.each([
    "main",
    "remit/ledger",
    "remit/merge/checkout/3f2a9c1b40de",
    "remit/rollback/checkout/3f2a9c1b40de/x",
    "remit/rollback//3f2a9c1b40de",
    "x/remit/rollback/checkout/3f2a9c1b40de",
    "remit/rollback/checkout/3f2a9c1b40de\n",
  ])("of somebody else isn't taken for ours: %j", (name) => {
    expect(parseBranchName(name)).toBeUndefined();
  });
});
