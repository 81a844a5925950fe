import { describe, expect, test } from "vitest";
import { asked, codes, history, now, written } from "./asked.ts";

const image = "apps/checkout/deployment.yaml";
const policyFile = "apps/checkout/image-policy.yaml";
const deployment = (tag: string) =>
  `apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: checkout\nspec:\n  template:\n    spec:\n      containers:\n        - name: main\n          image: r.io/checkout:${tag} # {"$imagepolicy": "flux-system:checkout"}\n`;
const policy = (rest: string) =>
  `apiVersion: image.toolkit.fluxcd.io/v1\nkind: ImagePolicy\nmetadata:\n  name: checkout\nspec:\n  imageRepositoryRef:\n    name: checkout\n${rest}`;
const semver = (range: string) => policy(`  policy:\n    semver:\n      range: ${range} # our line\n`);
const alphabetical = (filter: string) => policy(`${filter}  policy:\n    alphabetical:\n      order: asc\n`);

const shop = (text: string, tags = ["v1.4.2", "v1.5.0"]) =>
  history(...tags.map((tag) => ({ [image]: deployment(tag), [policyFile]: text })));

describe("field note 15: a rollback for a time holds image automation to the restored tag, in one commit", () => {
  test("by a range of one version", async () => {
    const answer = await asked(shop(semver("1.x")), "/remit rollback checkout to v1.4.2 --for 3d");
    expect(written(answer)).toEqual({ [image]: deployment("v1.4.2"), [policyFile]: semver("1.4.2") });
    expect(answer.expiresAt).toBe(now + 3 * 24 * 60 * 60_000);
    expect(codes(answer)).toContain("pinned");
    expect(codes(answer)).not.toContain("automated-writer");
  });

  test("by a pattern of one tag, without what was extracted from it", async () => {
    const filter = "  filterTags:\n    extract: $ts\n    pattern: '^prod-[a-f0-9]+-(?P<ts>[0-9]+)'\n";
    const repository = shop(alphabetical(filter), ["prod-0a.1-20260101", "prod-0b.2-20260102"]);
    const answer = await asked(repository, "/remit rollback checkout to prod-0a.1-20260101 --for 1d");
    expect(written(answer)[policyFile]).toBe(alphabetical("  filterTags:\n    pattern: '^prod-0a\\.1-20260101$'\n"));
  });

  test("without --for it says that the line will be written again", async () => {
    const answer = await asked(shop(semver("1.x")), "/remit rollback checkout to v1.4.2");
    expect(written(answer)).toEqual({ [image]: deployment("v1.4.2") });
    expect(codes(answer)).toContain("automated-writer");
    expect(answer.expiresAt).toBeUndefined();
  });

  test.each([
    ["a policy that isn't there", policy("").replace("name: checkout", "name: cart")],
    ["a policy that chooses by a number", policy("  policy:\n    numerical:\n      order: asc\n")],
  ])("%s is refused", async (_, text) => {
    const answer = await asked(shop(text), "/remit rollback checkout to v1.4.2 --for 3d");
    expect([answer.outcome, codes(answer)]).toEqual(["abstain", ["pin-unclear"]]);
  });

  test("a tag that is no version is refused by a policy that chooses among versions", async () => {
    const answer = await asked(
      shop(semver("1.x"), ["main-1", "main-2"]),
      "/remit rollback checkout to main-1 --for 3d",
    );
    expect([answer.outcome, codes(answer)]).toEqual(["abstain", ["pin-unclear"]]);
  });

  test("without any automation there is nothing to hold", async () => {
    const plain = (tag: string) => ({ [image]: deployment(tag).replace(/ #.*/, "") });
    const answer = await asked(history(plain("v1"), plain("v2")), "/remit rollback checkout to v1 --for 3d");
    expect([answer.outcome, codes(answer)]).toEqual(["abstain", ["pin-unclear"]]);
  });
});
