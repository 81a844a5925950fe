import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { decide } from "../../src/authority/decide.ts";
import { type GatedFile, type GateInput, gate } from "../../src/authority/gate.ts";
import { type Tier, tiers } from "../../src/authority/verdict.ts";
import { candidate, decideInput, grant, path, policy } from "./decision.ts";

const plan = candidate({
  files: [
    { path, before: "newTag: v1.5.0\n", after: "newTag: v1.4.2\n" },
    { path: "apps/checkout/values.yaml", before: "tag: v1.5.0\n", after: "tag: v1.4.2\n" },
  ],
});
const changed: readonly GatedFile[] = plan.files.map((file) => ({
  ...file,
  modeBefore: "100644",
  modeAfter: "100644",
}));
const verdict = (tier: Tier) => decide(decideInput({ authority: policy([grant({ tier })]) }));

function gated(change: Partial<GateInput> = {}) {
  return gate({ changed, candidate: plan, verdict: verdict("merge"), tierAtPlan: "merge", ...change });
}

/** The diff with its first file changed. */
const withFirst = (change: Partial<GatedFile>) => [
  ...changed.map((file, index) => (index === 0 ? { ...file, ...change } : file)),
];

describe("gate", () => {
  test("the very diff that was decided passes", () => {
    expect(gated()).toEqual({ conclusion: "success", title: "as decided, and may merge at once", reasons: [] });
    expect(gated({ changed: changed.toReversed() }).conclusion).toBe("success");
  });

  test("field note S13: any other diff fails, whatever the policy allows", () => {
    const text = fc.constantFrom("newTag: v1.5.0\n", "newTag: v1.4.2\n", "newTag: v9\n", undefined);
    const mode = fc.constantFrom("100644", "100755", "120000", "160000", "000000");
    const anyFile: fc.Arbitrary<GatedFile> = fc.record({
      path: fc.constantFrom(path, "apps/checkout/values.yaml", "README.md", ".github/remit/authority.yaml"),
      before: text,
      after: text,
      modeBefore: mode,
      modeAfter: mode,
    });
    fc.assert(
      fc.property(fc.subarray([...changed]), fc.array(anyFile, { maxLength: 2 }), (kept, added) => {
        const diff = [...kept, ...added];
        const same = JSON.stringify(diff.toSorted(byPath)) === JSON.stringify([...changed].toSorted(byPath));
        expect(gated({ changed: diff }).conclusion).toBe(same ? "success" : "failure");
      }),
      { numRuns: 500 },
    );
  });

  test.each([
    [
      "a file that the plan doesn't name",
      [...changed, { path: "README.md", before: "a", after: "b", modeBefore: "100644", modeAfter: "100644" }],
      "diff-differs",
    ],
    [
      "a policy file",
      [
        ...changed,
        { path: ".github/remit/authority.yaml", before: "a", after: "b", modeBefore: "100644", modeAfter: "100644" },
      ],
      "path-denied",
    ],
    [
      "a denied path in another spelling",
      [...changed, { path: ".GitHub/x", before: "a", after: "b", modeBefore: "100644", modeAfter: "100644" }],
      "path-denied",
    ],
    [
      "CODEOWNERS",
      [...changed, { path: "docs/CODEOWNERS", after: "b", modeBefore: "000000", modeAfter: "100644" }],
      "path-denied",
    ],
    ["another text", withFirst({ after: "newTag: v1.4.2 \n" }), "diff-differs"],
    ["another base text", withFirst({ before: "newTag: v1.5.0\n\n" }), "diff-differs"],
    ["a symlink", withFirst({ modeAfter: "120000" }), "file-not-regular"],
    ["a submodule", withFirst({ modeBefore: "160000" }), "file-not-regular"],
    ["a mode change", withFirst({ modeAfter: "100755" }), "file-not-regular"],
    ["a deletion", withFirst({ after: undefined, modeAfter: "000000" }), "file-not-regular"],
    ["a file less", changed.slice(1), "diff-differs"],
    ["a file twice", [...changed, ...changed.slice(1)], "diff-differs"],
    ["nothing", [], "diff-differs"],
  ])("%s in the diff fails for the right reason", (_, diff, code) => {
    const { conclusion, reasons } = gated({ changed: diff });
    expect(conclusion).toBe("failure");
    expect(reasons.map((reason) => reason.code)).toContain(code);
  });

  test("a secret fails even when it was planned", () => {
    const files = [{ path: "a.yaml", before: "kind: Secret\nx: 1\n", after: "kind: Secret\nx: 2\n" }];
    const diff = files.map((file) => ({ ...file, modeBefore: "100644", modeAfter: "100644" }));
    const result = gate({
      changed: diff,
      candidate: candidate({ files }),
      verdict: verdict("merge"),
      tierAtPlan: "merge",
    });
    expect(result.reasons.map(({ code }) => code)).toEqual(["path-denied"]);
  });

  test.each([
    ["comes in", "a: 1\n", "kind: Secret\nx: 1\n"],
    ["goes away", "kind: Secret\nx: 1\n", "a: 1\n"],
  ])("a secret that %s fails as well", (_, before, after) => {
    const files = [{ path: "a.yaml", before, after }];
    const diff = files.map((file) => ({ ...file, modeBefore: "100644", modeAfter: "100644" }));
    const reasons = gated({ changed: diff, candidate: candidate({ files }) }).reasons;
    expect(reasons.map(({ code }) => code)).toEqual(["path-denied"]);
  });

  test.each([
    [undefined, "a: 1\n", "000000", "100644"],
    ["a: 1\n", undefined, "100644", "000000"],
  ])(
    "a file that comes or goes as planned passes, and as another kind doesn't",
    (before, after, modeBefore, modeAfter) => {
      const files = [{ path: "a.yaml", before, after }];
      const as = (change: Partial<GatedFile>) =>
        gated({
          changed: files.map((file) => ({ ...file, modeBefore, modeAfter, ...change })),
          candidate: candidate({ files }),
        }).conclusion;
      expect(as({})).toBe("success");
      expect(as({ modeBefore: "100644", modeAfter: "100644" })).toBe("failure");
    },
  );

  test("what isn't allowed is told with what keeps it so low, and nothing else", () => {
    const { title, reasons } = gated({ verdict: verdict("suggest") });
    expect(title).toBe("not allowed: the policy says suggest");
    expect(reasons).toEqual([{ code: "grant", message: "granted suggest by checkout-rollback" }]);
  });

  test("a plan without files never passes", () => {
    expect(gated({ changed: [], candidate: candidate({ files: [] }) }).conclusion).toBe("failure");
  });

  test("it passes exactly when both the verdict now and the one then allow a pull request", () => {
    const anyTier = fc.constantFrom(...tiers);
    fc.assert(
      fc.property(anyTier, anyTier, (now, then) => {
        const writes = (tier: Tier) => tiers.indexOf(tier) >= tiers.indexOf("propose");
        const { conclusion, reasons } = gated({ verdict: verdict(now), tierAtPlan: then });
        expect(conclusion).toBe(writes(now) && writes(then) ? "success" : "failure");
        if (!writes(now)) expect(reasons.length).toBeGreaterThan(0);
      }),
    );
  });

  test("the title tells who must review, by the lower of both verdicts", () => {
    const requires = { approvals: 2, permission: "maintain" as const, maxAgeMs: 60_000 };
    const strict = decide(decideInput({ authority: policy([grant({ requires })]) }));
    expect(gated({ verdict: strict, tierAtPlan: "propose" }).title).toBe(
      "as decided, and needs 2 approving reviews (maintain or above)",
    );
    expect(gated({ tierAtPlan: "propose" }).title).toBe("as decided, and needs 1 approving review (write or above)");
    expect(gated({ verdict: verdict("delay") }).title).toBe("as decided, and may merge after the veto window");
  });
});

function byPath(a: GatedFile, b: GatedFile): number {
  return a.path < b.path ? -1 : 1;
}
