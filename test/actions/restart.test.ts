import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { nextNonce } from "../../src/actions/next-nonce.ts";
import { deployment } from "../gitops/catalogue/catalogue-of.ts";
import { asked, codes, history, now, written } from "./asked.ts";

const release = (values: string) =>
  `apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata:\n  name: checkout\nspec:\n  values:\n${values}`;
const path = "apps/checkout/production.yaml";

describe("restart", () => {
  test.each([
    ['    environment:\n      RESTART_ME: "003" # bump me\n', '"003" # bump', '"004" # bump'],
    ["    environment:\n      RESTART_ME: '099'\n", "'099'", "'100'"],
    ["    environment:\n      EMPTY_VAR: one\n", "one", "two"],
    ["    podAnnotations:\n      restartedAt: 2026-01-01T00:00:00Z\n", "2026-01-01T00:00:00Z", "2026-11-20T12:00:00Z"],
  ])("changes what is there for nothing else, as it is written: %j", async (values, before, after) => {
    const text = release(values);
    const answer = await asked(history({ [path]: text }), "/remit restart checkout");
    expect(written(answer)).toEqual({ [path]: text.replace(before, after) });
    expect(codes(answer)).toContain("restart-by-value");
  });

  test("a switch that people turn to and fro is turned back", async () => {
    const text = (value: string) => release(`    environment:\n      TRIGGER_RESTART: "${value}"\n`);
    const repository = history({ [path]: text("0") }, { [path]: text("1") });
    expect(written(await asked(repository, "/remit restart checkout"))).toEqual({ [path]: text("0") });
  });

  test("a number that people count on is counted on", async () => {
    const text = (value: string) => release(`    environment:\n      RESTART: "${value}"\n`);
    const repository = history({ [path]: text("2") }, { [path]: text("1") });
    expect(written(await asked(repository, "/remit restart checkout"))).toEqual({ [path]: text("2") });
  });

  test("field note 28: a workload that is written out gets the annotation of its pod template", async () => {
    const file = "apps/checkout/deployment.yaml";
    const answer = await asked(
      history({ [file]: deployment("checkout", "r.io/checkout:v1") }),
      "/remit restart checkout",
    );
    expect(answer.files[0]?.content).toContain(
      'metadata:\n      annotations:\n        kubectl.kubernetes.io/restartedAt: "2026-11-20T12:00:00Z"\n',
    );
    expect(codes(answer)).toContain("restart-by-annotation");
  });

  test("field note 28: once it is there it is changed, and no second one comes", async () => {
    const file = "apps/checkout/deployment.yaml";
    const repository = history({ [file]: deployment("checkout", "r.io/checkout:v1") });
    const first = (await asked(repository, "/remit restart checkout")).files[0]?.content ?? "";
    repository.commit({ [file]: first.replace("2026-11-20T12", "2026-11-20T11") }, { message: "restart" });
    expect(written(await asked(repository, "/remit restart checkout"))).toEqual({ [file]: first });
  });

  test("field note 22: a Rollout restarts by restartAt", async () => {
    const file = "apps/checkout/rollout.yaml";
    const rollout = deployment("checkout", "r.io/checkout:v1")
      .replace("apps/v1", "argoproj.io/v1alpha1")
      .replace("kind: Deployment", "kind: Rollout");
    const answer = await asked(history({ [file]: rollout }), "/remit restart checkout");
    expect(answer.files[0]?.content).toContain('  restartAt: "2026-11-20T12:00:00Z"\n');
  });

  test("as others of the repository do is a guess, and says so", async () => {
    const other = release('    environment:\n      RESTART_ME: "007"\n').replace("name: checkout", "name: cart");
    const own = release("    environment:\n      LEVEL: debug\n");
    const answer = await asked(history({ [path]: own, "apps/cart/production.yaml": other }), "/remit restart checkout");
    expect(written(answer)).toEqual({
      [path]: release('    environment:\n      LEVEL: debug\n      RESTART_ME: "001"\n'),
    });
    expect(answer.confidence).toBeLessThan(0.9);
  });

  test("which of several values is meant isn't guessed", async () => {
    const both = release('    web:\n      RESTART_ME: "1"\n    worker:\n      RESTART_ME: "5"\n');
    const answer = await asked(history({ [path]: both }), "/remit restart checkout");
    expect([answer.outcome, codes(answer)]).toEqual(["abstain", ["target-ambiguous"]]);
    expect(answer.reasons[0]?.message).toContain("such as web, worker");
    const named = await asked(history({ [path]: both }), "/remit restart checkout --component worker");
    expect(written(named)).toEqual({ [path]: both.replace('"5"', '"6"') });
  });

  test("without any way that the repository tells it is refused", async () => {
    const answer = await asked(history({ [path]: release("    level: debug\n") }), "/remit restart checkout");
    expect([answer.outcome, codes(answer)]).toEqual(["abstain", ["edit-not-found"]]);
  });
});

test("the next value is another one, and keeps the width of a number", () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 99_998 }), fc.integer({ min: 1, max: 6 }), (number, width) => {
      const value = String(number).padStart(width, "0");
      const next = nextNonce(value, [], now);
      expect(next).not.toBe(value);
      if (number > 1) expect(Number(next)).toBe(number + 1);
      if (next !== undefined && Number(next) > number) expect(next.length).toBeGreaterThanOrEqual(value.length);
    }),
  );
});
