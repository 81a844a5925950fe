import { describe, expect, test } from "vitest";
import { asked, codes, history } from "../actions/asked.ts";
import { deployment } from "../gitops/catalogue/catalogue-of.ts";

const files = {
  "apps/checkout/production/deployment.yaml": deployment("checkout", "r.io/checkout:v1"),
  "apps/checkout/staging/deployment.yaml": deployment("checkout", "r.io/checkout:v1"),
  "apps/cart/production/deployment.yaml": deployment("cart", "r.io/cart:v1"),
};

describe("the names in a command are compared with the repository's own", () => {
  test.each([
    ["chekout --environment production", "the repository has no service chekout; did you mean checkout?"],
    ["payments", "the repository has no service payments"],
    ["checkout --environment prodction", "the repository has no environment prodction; did you mean production?"],
    ["cart --namespace shop", "the repository has no namespace shop"],
  ])("%s", async (names, message) => {
    const answer = await asked(history(files), `/remit rollback ${names}`);
    expect(answer.reasons).toEqual([{ code: "target-not-found", message }]);
  });

  test("several targets of one name are told, and none is chosen", async () => {
    const answer = await asked(history(files), "/remit rollback checkout");
    expect([answer.outcome, codes(answer)]).toEqual(["abstain", ["target-ambiguous"]]);
    expect(answer.reasons[0]?.message).toContain("checkout/production, checkout/staging");
  });

  test("an environment in another spelling is found", async () => {
    const answer = await asked(history(files), "/remit rollback checkout to v2 --environment prd");
    expect(answer.target).toMatchObject({ service: "checkout", environment: "production" });
  });
});

test("what a person asks for passes the policy as anything else does", async () => {
  const policy = (tier: string) =>
    "apiVersion: remit.dev/v1alpha1\nkind: Authority\nmetadata: {name: shop}\nspec:\n  version: 1\n  grants:\n" +
    `    - {name: all, match: {actions: ["*"]}, tier: ${tier}, mode: enforce}\n`;
  const tierBy = async (tier: string) => {
    const repository = history({ ...files, ".github/remit/authority.yaml": policy(tier) });
    return (await asked(repository, "/remit rollback checkout to v2 --environment production")).tier;
  };
  expect(await tierBy("observe")).toBe("observe");
  // No alert fires, so a person looks at it.
  expect(await tierBy("merge")).toBe("propose");
});
