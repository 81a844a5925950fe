import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseCommand } from "../../src/actions/commands/parse-command.ts";
import { undo } from "../../src/actions/undo.ts";
import { deployment } from "../gitops/catalogue/catalogue-of.ts";
import { onPaper, refusals, risksOf, textsOf } from "./on-paper.ts";

const flagdFile = (body: string) =>
  `# yaml-language-server: $schema=https://flagd.dev/schema/v0/flags.json\nflags:\n${body}`;
const newCart = (fields = "") =>
  `  new-cart:\n    state: ENABLED\n    variants:\n      'on': true\n      'off': false\n    defaultVariant: 'on' # since May\n${fields}`;
const goff = (fields: string) =>
  `new-cart:\n  variations:\n    A: true\n    B: false\n  defaultRule:\n    variation: A\n${fields}`;
const flipt = (flags: string) => `version: "1.2"\nnamespace: shop\nflags:\n${flags}`;
const flagIn = (text: string, state: string) =>
  onPaper({ "apps/flagd/production/flagd.yaml": text }, `/remit flag new-cart ${state} --service flagd`);
const only = (text: string, state: string) => textsOf(flagIn(text, state))["apps/flagd/production/flagd.yaml"];

/** What a person would have written, in repositories of every style. */
describe("golden", () => {
  const featureFlag = (variant: string) =>
    `apiVersion: core.openfeature.dev/v1beta1\nkind: FeatureFlag\nmetadata:\n  name: checkout-flags\nspec:\n  flagSpec:\n    flags:\n` +
    `      new-cart:\n        state: "ENABLED"\n        variants:\n          "on": true\n          "off": false\n        defaultVariant: "${variant}"\n        targeting: {}\n`;
  const json = (variant: string, targeted: string) =>
    `{\n  "$schema": "https://flagd.dev/schema/v0/flags.json",\n  "flags": [\n    { "key": "new-cart", "state": "ENABLED",\n` +
    `      "variants": {"on": true, "off": false}, "defaultVariant": "${variant}",\n` +
    `      "targeting": {"if": [{"ends_with": [{"var": "email"}, "@shop.example"]}, "${targeted}", null]} }\n  ]\n}\n`;
  const application = (on: string) =>
    `apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: {name: checkout-production, namespace: argocd}\nspec:\n  source:\n` +
    `    repoURL: https://git.example/shop.git\n    path: charts/checkout\n    helm:\n      parameters:\n        - name: features.newCart\n          value: "${on}"\n` +
    `  destination: {namespace: shop}\n`;
  const helmRelease = (on: string) =>
    `apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata:\n  name: checkout\nspec:\n  values:\n    environment:\n      NEW_CART: ${on}\n      OLD_CART: false\n`;
  const container = (on: string) =>
    `${deployment("checkout", "r.io/checkout:v1")}          env:\n            - name: LOG_LEVEL\n              value: info\n            - name: NEW_CART\n              value: '${on}'\n`;
  const helmfile =
    "releases:\n  - name: checkout\n    chart: ./charts/checkout\n    values:\n      - values/checkout.yaml\n";
  const chartValues = (on: string) => `features:\n  newCart:\n    enabled: ${on}   # see the runbook\n`;

  test.each([
    ["a FeatureFlag that Argo CD applies", "apps/checkout/production/flags.yaml", featureFlag, "new-cart", "on", "off"],
    [
      "a parameter of an Argo CD Application",
      "argocd/production/checkout.yaml",
      application,
      "features.newCart",
      "true",
      "false",
    ],
    ["a variable in a Flux HelmRelease", "apps/checkout/production.yaml", helmRelease, "NEW_CART", "true", "false"],
    [
      "a container's variable in plain manifests",
      "k8s/production/checkout.yaml",
      container,
      "NEW_CART",
      "true",
      "false",
    ],
    [
      "a .env file",
      "apps/checkout/production/app.env",
      (on: string) => `NEW_CART=${on}\nLOG=info\n`,
      "NEW_CART",
      "True",
      "False",
    ],
    [
      "a number of a .env file",
      "apps/checkout/production/app.env",
      (on: string) => `NEW_CART=${on}\nLOG=info\n`,
      "NEW_CART",
      "1",
      "0",
    ],
  ] as const)("%s", (_name, path, text, name, on, off) => {
    const line = `/remit flag ${name}`;
    expect(textsOf(onPaper({ [path]: text(on) }, `${line} off --service checkout`))).toEqual({ [path]: text(off) });
    expect(textsOf(onPaper({ [path]: text(off) }, `${line} on --service checkout`))).toEqual({ [path]: text(on) });
  });

  test("values of a helmfile's release, by what they enable", () => {
    const files = (on: string) => ({ "helmfile.yaml": helmfile, "values/checkout.yaml": chartValues(on) });
    const result = onPaper(files("true"), "/remit flag newCart off --service checkout");
    expect(textsOf(result)).toEqual({ "values/checkout.yaml": chartValues("false") });
  });

  test("flagd's JSON in the form of an array: what targeting returns is turned off, too", () => {
    const path = "apps/flagd/production/flagd.json";
    const result = onPaper({ [path]: json("off", "on") }, "/remit flag new-cart off --service flagd");
    expect(textsOf(result)).toEqual({ [path]: json("off", "off") });
    expect(risksOf(result)).toEqual([]);
  });

  test("flagd's YAML", () => {
    expect(only(flagdFile(newCart()), "off")).toBe(flagdFile(newCart().replace("Variant: 'on'", "Variant: 'off'")));
  });

  test("GO Feature Flag is disabled by an entry of its own", () => {
    const disabled = goff("").replace("  variations", "  disable: true\n  variations");
    expect(only(goff(""), "off")).toBe(disabled);
    expect(only(disabled, "on")).toBe(disabled.replace("disable: true", "disable: false"));
    expect(only(goff(""), "B")).toBe(goff("").replace("variation: A", "variation: B"));
  });

  test("Flipt's boolean flag: rollouts come first, so they are turned off with it", () => {
    const text = (on: string) =>
      flipt(
        `  - key: new-cart\n    type: BOOLEAN_FLAG_TYPE\n    enabled: ${on}\n    rollouts:\n      - segment: {key: staff, value: ${on}}\n      - threshold:\n          percentage: 50\n          value: ${on}\n`,
      );
    expect(only(text("true"), "off")).toBe(text("false"));
    const on = flagIn(text("false"), "on");
    expect(risksOf(on)).toEqual(["flag-targeting"]);
  });
});

describe("what a flag would return is certain, or said, or refused", () => {
  const refusedFor = (text: string, state = "off") => refusals(flagIn(text, state));

  test.each([
    ["no variant is off", flagdFile(newCart().replace("'off': false", "half: 50"))],
    ["two variants are off", flagdFile(newCart().replace("'off': false", "a: false\n      b: 0"))],
    ["the variant that is called off is true", flagdFile(newCart().replace("'off': false", "'off': true"))],
  ])("flagd: %s", (_name, text) => expect(refusedFor(text)).toEqual(["flag-variant-unknown"]));

  test("flagd: a variant that nobody knows isn't written", () => {
    expect(refusedFor(flagdFile(newCart()), "blue")).toEqual(["flag-variant-unknown"]);
  });

  test("flagd: a disabled flag returns the code's default; turned on, it is enabled, too", () => {
    const disabled = flagdFile(newCart()).replace("ENABLED", "DISABLED").replace("Variant: 'on'", "Variant: 'off'");
    expect(refusedFor(disabled)).toEqual(["flag-default-unknown"]);
    expect(only(disabled, "on")).toBe(flagdFile(newCart()));
  });

  test.each([
    ["a reference", "    targeting:\n      $ref: staff\n"],
    ["two operators at once", "    targeting:\n      if: [true, 'on']\n      else: []\n"],
    ["an operator that computes the result", "    targeting:\n      in: [a, b]\n"],
    ["a result that is computed", "    targeting:\n      if: [true, {var: cohort}]\n"],
  ])("flagd: targeting by %s isn't understood", (_name, targeting) => {
    expect(refusedFor(flagdFile(newCart(targeting)))).toEqual(["flag-targeting"]);
  });

  test("flagd: every share and every branch of targeting is turned off", () => {
    const targeting = (variant: string) =>
      `    targeting:\n      if:\n        - {var: beta}\n        - '${variant}'\n        - if: [{var: eu}, '${variant}', {fractional: [{var: id}, ['${variant}', 50], ['off', 50]]}]\n`;
    expect(only(flagdFile(newCart(targeting("on"))), "off")).toBe(
      flagdFile(newCart(targeting("off"))).replace("Variant: 'on'", "Variant: 'off'"),
    );
  });

  test("flagd: turning on what targeting decides for everybody does nothing, and for some it is said", () => {
    const off = flagdFile(newCart()).replace("Variant: 'on'", "Variant: 'off'");
    expect(refusedFor(`${off}    targeting:\n      if: [{var: beta}, 'on', 'off']\n`, "on")).toEqual([
      "flag-targeting",
    ]);
    expect(risksOf(flagIn(`${off}    targeting:\n      if: [{var: beta}, 'off']\n`, "on"))).toEqual(["flag-targeting"]);
  });

  test("GO Feature Flag: a disabled flag returns the code's default, and a schedule may enable it again", () => {
    expect(risksOf(flagIn(goff(""), "off"))).toEqual(["flag-default-unknown"]);
    const scheduled = goff("  scheduledRollout:\n    - date: 2026-11-21T00:00:00Z\n      disable: false\n");
    expect(refusedFor(scheduled)).toEqual(["flag-scheduled"]);
    expect(refusedFor(scheduled, "B")).toEqual(["flag-scheduled"]);
    expect(refusedFor(goff("  experimentation: {start: 2026-11-21T00:00:00Z}\n"), "B")).toEqual(["flag-scheduled"]);
    expect(refusedFor(goff("  disable: true\n"), "B")).toEqual(["flag-default-unknown"]);
    const targeted = goff("  targeting:\n    - query: beta eq true\n      variation: A\n");
    expect(risksOf(flagIn(targeted, "B"))).toEqual(["flag-targeting"]);
    const shares = goff("").replace("variation: A", "percentage: {A: 50, B: 50}");
    expect(refusedFor(shares, "B")).toEqual(["flag-targeting"]);
  });

  test("Flipt: a flag with variants still returns its default, and none of them can be named", () => {
    const text = flipt(
      "  - key: new-cart\n    type: VARIANT_FLAG_TYPE\n    enabled: true\n    variants:\n      - key: blue\n        default: true\n",
    );
    expect(risksOf(flagIn(text, "off"))).toEqual(["flag-default-unknown"]);
    expect(refusedFor(text, "blue")).toEqual(["flag-variant-unknown"]);
  });

  test("a ConfigMap's key takes effect with new pods only; a file inside its text isn't changed", () => {
    const path = "apps/checkout/production/config.yaml";
    const text = `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: checkout\ndata:\n  NEW_CART: "true"\n  flags.yaml: |\n${flagdFile(newCart().replaceAll("new-cart", "old-cart")).replace(/^/gm, "    ").trimEnd()}\n`;
    const result = onPaper({ [path]: text }, "/remit flag NEW_CART off --service checkout");
    expect(textsOf(result)).toEqual({ [path]: text.replace('"true"', '"false"') });
    expect(risksOf(result)).toEqual(["flag-new-pods"]);
    expect(refusals(onPaper({ [path]: text }, "/remit flag old-cart off --service checkout"))).toEqual([
      "edit-block-scalar",
    ]);
  });

  test("a switch has two states", () => {
    const files = { "apps/checkout/production/app.env": "NEW_CART=true\n" };
    expect(refusals(onPaper(files, "/remit flag NEW_CART blue --service checkout"))).toEqual(["flag-variant-unknown"]);
  });

  test("a number of a chart is no switch", () => {
    const files = { "apps/checkout/production/values.yaml": "web:\n  retries: 1\n  LEVEL: 2\n" };
    for (const name of ["retries", "LEVEL"])
      expect(refusals(onPaper(files, `/remit flag ${name} off --service checkout`))).toEqual(["flag-unknown"]);
  });

  test("of two layers the one that decides is changed", () => {
    const files = {
      "apps/checkout/values.yaml": "newCart: true\n",
      "apps/checkout/values-production.yaml": "newCart: true\n",
    };
    const result = onPaper(files, "/remit flag newCart off --service checkout --environment production");
    expect(textsOf(result)).toEqual({ "apps/checkout/values-production.yaml": "newCart: false\n" });
  });

  test("of several switches with one name none is chosen; more of the path tells them apart", () => {
    const files = { "apps/checkout/production/values.yaml": "web:\n  newCart: true\nworker:\n  newCart: true\n" };
    expect(refusals(onPaper(files, "/remit flag newCart off --service checkout"))).toEqual(["target-ambiguous"]);
    expect(textsOf(onPaper(files, "/remit flag web.newCart off --service checkout"))).toEqual({
      "apps/checkout/production/values.yaml": "web:\n  newCart: false\nworker:\n  newCart: true\n",
    });
  });

  test("an object's name tells switches of one path apart", () => {
    const path = "apps/checkout/production/ks.yaml";
    const object = (name: string, on: string) =>
      `apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata: {name: ${name}}\nspec: {path: ./apps/checkout/production, prune: ${on}}\n`;
    const both = (crds: string) => `${object("checkout", "true")}---\n${object("checkout-crds", crds)}`;
    const result = (name: string) => onPaper({ [path]: both("true") }, `/remit flag ${name} off --service checkout`);
    expect(refusals(result("spec.prune"))).toEqual(["target-ambiguous"]);
    expect(textsOf(result("checkout-crds.spec.prune"))).toEqual({ [path]: both("false") });
  });

  test("Flipt's namespaces are told apart by --namespace", () => {
    const path = "apps/flipt/features.yaml";
    const part = (namespace: string, on: string) =>
      `namespace: ${namespace}\nflags:\n  - key: new-cart\n    enabled: ${on}\n`;
    const files = { [path]: `${part("shop", "true")}---\n${part("pay", "true")}` };
    expect(refusals(onPaper(files, "/remit flag new-cart off --service flipt"))).toEqual(["target-ambiguous"]);
    const parsed = parseCommand("/remit flag new-cart off --service flipt --namespace pay");
    if (parsed.outcome === "mistake") throw new Error(parsed.mistake.message);
    const result = onPaper(files, "/remit flag new-cart off --service flipt", { command: parsed.command });
    expect(textsOf(result)).toEqual({ [path]: `${part("shop", "true")}---\n${part("pay", "false")}` });
  });
});

test("apply then undo gives the original bytes", () => {
  const spelling = fc.constantFrom("'on'", '"on"', "on");
  const extra = fc.constantFrom(
    "",
    "    targeting:\n      if: [{var: beta}, 'on', null]\n",
    "    # note\n",
    "    metadata: {owner: cart}\n",
  );
  const ending = fc.constantFrom("\n", "\r\n");
  fc.assert(
    fc.property(spelling, extra, ending, fc.constantFrom("flagd", "goff"), (on, more, eol, system) => {
      const text = (
        system === "flagd" ? flagdFile(newCart(more).replace("Variant: 'on'", `Variant: ${on}`)) : goff("")
      ).replaceAll("\n", eol);
      const result = flagIn(text, "off");
      if (result.outcome === "refused") throw new Error(result.reasons[0]?.message);
      const back = undo(
        result.candidate,
        new Map(Object.entries(textsOf(result)).map(([path, after]) => [path, after ?? ""])),
      );
      expect(textsOf(back)).toEqual({ "apps/flagd/production/flagd.yaml": text });
    }),
  );
});
