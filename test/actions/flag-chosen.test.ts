import { describe, expect, test } from "vitest";
import { catalogueOf, deployment } from "../gitops/catalogue/catalogue-of.ts";
import { asked, codes, history, written } from "./asked.ts";
import { changedBy } from "./changed-by.ts";
import { onPaper, refusals } from "./on-paper.ts";

const flags =
  "flags:\n  new-cart:\n    state: ENABLED\n    variants:\n      'on': true\n      'off': false\n    defaultVariant: 'on'\n";
const goff = (fields: string) =>
  `new-cart:\n  variations:\n    A: true\n    B: false\n  defaultRule:\n    variation: A\n${fields}`;

describe("whose flag it is", () => {
  const files = {
    "apps/checkout/production/app.env": "NEW_CART=true\nDARK_MODE=true\n",
    "apps/checkout/staging/app.env": "NEW_CART=true\n",
    "apps/search/production/app.env": "DARK_MODE=true\n",
    "apps/flagd/production/shop.flagd.yaml": flags,
  };

  test("found by its name where only one service has it, the environment given", async () => {
    const answer = await asked(history(files), "/remit flag NEW_CART off --environment production");
    expect(written(answer)).toEqual({ "apps/checkout/production/app.env": "NEW_CART=false\nDARK_MODE=true\n" });
    expect(answer).toMatchObject({ action: "flag", target: { service: "checkout", environment: "production" } });
  });

  test("one of several environments is asked for", async () => {
    const answer = await asked(history(files), "/remit flag NEW_CART off");
    expect(codes(answer)).toEqual(["target-ambiguous"]);
  });

  test("more of its path, and its object's name, find it as well", async () => {
    const object = (name: string) =>
      `apiVersion: toolchain.example/v1\nkind: ToolchainConfig\nmetadata: {name: ${name}}\nspec: {approval: {enabled: true}}\n`;
    const two = { "apps/a/production/config.yaml": object("a"), "apps/b/production/config.yaml": object("b") };
    expect(codes(await asked(history(two), "/remit flag approval off"))).toEqual(["target-ambiguous"]);
    const answer = await asked(history(two), "/remit flag b.spec.approval.enabled off");
    expect(answer.files.map((file) => file.path)).toEqual(["apps/b/production/config.yaml"]);
  });

  test("one that several services have is asked for", async () => {
    const answer = await asked(history(files), "/remit flag DARK_MODE off");
    expect(codes(answer)).toEqual(["target-ambiguous"]);
    expect(answer.reasons[0]?.message).toContain("checkout/production, search/production");
  });

  test("a flag file belongs to the service that its directory is named after", async () => {
    const answer = await asked(history(files), "/remit flag new-cart off");
    expect(answer.target).toMatchObject({ service: "flagd", environment: "production" });
  });

  test("a place that all environments of a service share is all of theirs", async () => {
    const shared = {
      "apps/checkout/base/kustomization.yaml": "resources: [deployment.yaml]\n",
      "apps/checkout/base/deployment.yaml": `${deployment("checkout", "r.io/checkout:v1")}          env:\n            - name: NEW_CART\n              value: "true"\n`,
      "apps/checkout/overlays/production/kustomization.yaml": "resources: [../../base]\n",
      "apps/checkout/overlays/staging/kustomization.yaml": "resources: [../../base]\n",
    };
    const answer = await asked(history(shared), "/remit flag NEW_CART off");
    expect(answer.target).toEqual({ service: "checkout", environment: undefined, namespace: undefined });
    expect(answer.files.map(({ path }) => path)).toEqual(["apps/checkout/base/deployment.yaml"]);
  });

  test("the nearest known name is told for an unknown one", async () => {
    const answer = await asked(history(files), "/remit flag NEW_CRAT off");
    expect(answer.reasons).toEqual([
      { code: "flag-unknown", message: "no service there has a flag NEW_CRAT; did you mean NEW_CART?" },
    ]);
  });
});

describe("back to what it was", () => {
  const path = "apps/checkout/production/app.env";

  test("before its newest change, whatever else changed since", async () => {
    const repository = history(
      { [path]: "NEW_CART=No\n" },
      { [path]: "NEW_CART=true\n" },
      { [path]: "NEW_CART=true\nLOG=1\n" },
    );
    const answer = await asked(repository, "/remit flag NEW_CART previous");
    expect(written(answer)).toEqual({ [path]: "NEW_CART=No\nLOG=1\n" });
  });

  test("an entry that the newest change added goes away again", async () => {
    const repository = history({ [path]: "LOG=1\n" }, { [path]: "LOG=1\nNEW_CART=true\n" });
    expect(written(await asked(repository, "/remit flag NEW_CART previous"))).toEqual({ [path]: "LOG=1\n" });
  });

  test("a flag that came with its whole file has no previous state", async () => {
    const repository = history({ "README.md": "shop" }, { [path]: "NEW_CART=true\nLOG=1\n" });
    const answer = await asked(repository, "/remit flag NEW_CART previous");
    expect(codes(answer)).toEqual(["edit-unsupported"]);
    expect(answer.reasons[0]?.message).toContain("came with its whole file");
  });

  test("a flag that the change took away can't be put back as a value", async () => {
    const text = (disable: string) => goff(disable);
    const where = "apps/flags/production/flags.goff.yaml";
    const repository = history({ [where]: text("  disable: true\n") }, { [where]: text("") });
    expect(codes(await asked(repository, "/remit flag new-cart previous"))).toEqual(["edit-unsupported"]);
  });

  test("several entries that came at once may have come with what is around them", async () => {
    const where = "apps/flags/production/flags.goff.yaml";
    const added = goff("  targeting:\n    - query: beta eq true\n      variation: A\n");
    const repository = history({ [where]: goff("") }, { [where]: added });
    expect(codes(await asked(repository, "/remit flag new-cart previous"))).toEqual(["edit-unsupported"]);
  });

  test("what somebody has changed since without a known commit isn't overwritten", () => {
    const files = { [path]: "NEW_CART=true\n" };
    const [field] = catalogueOf(files).targets.flatMap(({ fields }) => fields);
    if (field === undefined) throw new Error("the file has no field");
    const change = changedBy(field, { before: "false", after: "yes" });
    const result = onPaper(files, "/remit flag NEW_CART previous --service checkout", { changes: [change] });
    expect(refusals(result)).toEqual(["value-drifted"]);
  });
});
