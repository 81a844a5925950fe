import { describe, expect, test } from "vitest";
import { deployment } from "../gitops/catalogue/catalogue-of.ts";
import { asked, codes, history, written } from "./asked.ts";

const path = "apps/checkout/production/deployment.yaml";
const at = (tag: string) => ({ [path]: deployment("checkout", `r.io/checkout:${tag}`) });

describe("a rollback to what a person names", () => {
  const shop = () => history(at("v1"), at("v2"), at("v3"));

  test("goes to a version that is older than the previous one", async () => {
    const answer = await asked(shop(), "/remit rollback checkout to v1");
    expect(written(answer)).toEqual(at("v1"));
    expect(answer).toMatchObject({ outcome: "change", action: "rollback", confidence: 1 });
    expect(answer.title).toBe("roll back checkout in production to v1");
    expect(codes(answer)).toContain("asked");
  });

  test("goes to a commit, by a part of its name", async () => {
    const repository = shop();
    const commit = repository.git("rev-parse", "HEAD~1").slice(0, 9);
    expect(written(await asked(repository, `/remit rollback checkout to ${commit}`))).toEqual(at("v2"));
  });

  test("puts forward again what was taken back", async () => {
    const repository = history(at("v1"), at("v2"), at("v1"));
    expect(written(await asked(repository, "/remit rollback checkout to v2"))).toEqual(at("v2"));
  });

  test("to what stands there already is refused", async () => {
    const repository = shop();
    const head = repository.git("rev-parse", "HEAD").slice(0, 12);
    for (const to of [head, "v3"]) {
      const answer = await asked(repository, `/remit rollback checkout to ${to}`);
      expect([answer.outcome, codes(answer)]).toEqual(["abstain", ["already-restored"]]);
    }
  });

  test("takes what changed in step along", async () => {
    const values = "apps/checkout/production/values.yaml";
    const both = (tag: string) => ({ ...at(tag), [values]: `worker:\n  image:\n    tag: ${tag} # in step\n` });
    const repository = history(both("v1"), both("v2"), { ...both("v2"), [values]: `${both("v2")[values]}size: 3\n` });
    const answer = await asked(repository, "/remit rollback checkout to v1");
    expect(written(answer)).toEqual({ ...at("v1"), [values]: `${both("v1")[values]}size: 3\n` });
  });

  test("to a version that never stood there says so, and is for a person to look at", async () => {
    const answer = await asked(shop(), "/remit rollback checkout to v9");
    expect(written(answer)).toEqual(at("v9"));
    expect(codes(answer)).toContain("value-unknown");
    expect(answer.confidence).toBeLessThan(0.9);
  });

  test("to an unknown version is refused where it isn't clear of what", async () => {
    const sidecar = `${deployment("checkout", "r.io/checkout:v1")}        - name: proxy\n          image: r.io/proxy:p7\n`;
    const answer = await asked(history({ [path]: sidecar }), "/remit rollback checkout to v9");
    expect([answer.outcome, codes(answer)]).toEqual(["abstain", ["target-ambiguous"]]);
  });

  test("field note 25: to an unknown tag is refused where a digest says what is pulled", async () => {
    const pinned = deployment("checkout", `r.io/checkout:v1@sha256:${"a".repeat(64)}`);
    const answer = await asked(history({ [path]: pinned }), "/remit rollback checkout to v9");
    expect([answer.outcome, codes(answer)]).toEqual(["abstain", ["edit-unsupported"]]);
  });

  test("a barrier holds for a person's words, too", async () => {
    const barrier =
      "apiVersion: remit.dev/v1alpha1\nkind: Authority\nmetadata: {name: shop}\nspec:\n  version: 1\n  grants: []\n" +
      "  barriers:\n    - {values: [v1], reason: the fix of a hole}\n";
    const repository = history({ ...at("v1"), ".github/remit/authority.yaml": barrier }, at("v2"));
    const answer = await asked(repository, "/remit rollback checkout to v1");
    expect([answer.outcome, codes(answer)]).toEqual(["abstain", ["target-value-barred"]]);
  });
});
