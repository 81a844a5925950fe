import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { ActionInput } from "../../src/actions/action.ts";
import { distribute } from "../../src/actions/shares/distribute.ts";
import { undo } from "../../src/actions/undo.ts";
import type { FieldChange } from "../../src/gitops/history/field-change.ts";
import { catalogueOf, deployment } from "../gitops/catalogue/catalogue-of.ts";
import { changedBy, culprit, ours, suspicionOf } from "./changed-by.ts";
import { noon, onPaper, refusals, risksOf, textsOf } from "./on-paper.ts";

const path = "apps/checkout/production/route.yaml";
const httpRoute = (stable: number | string, canary: number | string) =>
  `apiVersion: gateway.networking.k8s.io/v1\nkind: HTTPRoute\nmetadata: {name: checkout}\nspec:\n  rules:\n    - backendRefs:\n` +
  `        - {name: checkout-stable, port: 80, weight: ${stable}}\n        - {name: checkout-canary, port: 80, weight: ${canary}}\n`;
const renamed = (name: string) => httpRoute(80, 20).replace("{name: checkout}", `{name: ${name}}`);
const virtualService = (v1: number, v2: number, v3: number) =>
  `apiVersion: networking.istio.io/v1\nkind: VirtualService\nmetadata:\n  name: checkout\nspec:\n  hosts: [checkout]\n  http:\n    - match: [{headers: {beta: {exact: "yes"}}}]\n` +
  `      route: [{destination: {host: checkout, subset: v2}, weight: 100}]\n    - route:\n` +
  [v1, v2, v3]
    .map(
      (weight, at) =>
        `        - destination:\n            host: checkout\n            subset: v${at + 1}\n          weight: ${weight} # of 100\n`,
    )
    .join("");
const trafficSplit = (a: number, b: number) =>
  `apiVersion: split.smi-spec.io/v1alpha2\nkind: TrafficSplit\nmetadata:\n  name: checkout\nspec:\n  service: checkout\n  backends:\n  - service: checkout-eu\n    weight: ${a}\n  - service: checkout-us\n    weight: ${b}\n`;
const canaryIngress = (weight: number, more = "") =>
  `apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata:\n  name: checkout\n  annotations:\n    nginx.ingress.kubernetes.io/canary: "true"\n    nginx.ingress.kubernetes.io/canary-weight: "${weight}"\n${more}` +
  `spec:\n  rules:\n    - http:\n        paths: [{path: /, pathType: Prefix, backend: {service: {name: checkout-next, port: {number: 80}}}}]\n`;
const rollout = (...weights: number[]) =>
  `apiVersion: argoproj.io/v1alpha1\nkind: Rollout\nmetadata:\n  name: checkout\nspec:\n  strategy:\n    canary:\n      trafficRouting: {istio: {virtualService: {name: checkout}}}\n      steps:\n` +
  weights.map((weight) => `        - setWeight: ${weight}\n        - pause: {}\n`).join("");
const helmRelease = (blue: number, green: number) =>
  `apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata:\n  name: checkout\nspec:\n  values:\n    backends:\n      blue:\n        weight: ${blue}\n      green:\n        weight: ${green}\n`;
const values = (a: number, b: number) =>
  `backends:\n  - name: blue\n    weight: ${a}\n  - name: green\n    weight: ${b}\n`;
const helmfile =
  "releases:\n  - name: checkout\n    chart: ./charts/checkout\n    values:\n      - values/checkout.yaml\n";

const shifted = (files: Record<string, string>, words: string, change: Partial<ActionInput> = {}) =>
  onPaper(files, `/remit shift checkout ${words}`, change);

/** What a person would have written, in repositories of every style. */
describe("golden", () => {
  test.each([
    ["an HTTPRoute in plain manifests", path, httpRoute(80, 20), "checkout-canary 0", httpRoute(100, 0)],
    ["an HTTPRoute whose weights add up to 2", path, httpRoute(1, 1), "checkout-canary 0", httpRoute(2, 0)],
    [
      "an Istio VirtualService that Argo CD applies",
      path,
      virtualService(50, 20, 30),
      "v2 0",
      virtualService(63, 0, 37),
    ],
    ["an SMI TrafficSplit, away from a zone", path, trafficSplit(500, 500), "checkout-us 10%", trafficSplit(900, 100)],
    ["an nginx canary", path, canaryIngress(20), "canary 0", canaryIngress(0)],
    ["an nginx canary by its service", path, canaryIngress(20), "checkout-next 50", canaryIngress(50)],
    ["an nginx canary by the stable one", path, canaryIngress(20), "stable 100", canaryIngress(0)],
    ["values of a Flux HelmRelease", path, helmRelease(70, 30), "green 0", helmRelease(100, 0)],
  ])("%s", (_name, where, before, words, after) => {
    expect(textsOf(shifted({ [where]: before }, words))).toEqual({ [where]: after });
  });

  test("an nginx canary of another whole", () => {
    const more = '    nginx.ingress.kubernetes.io/canary-weight-total: "1000"\n';
    expect(textsOf(shifted({ [path]: canaryIngress(20, more) }, "canary 10"))).toEqual({
      [path]: canaryIngress(100, more),
    });
  });

  test("values of a helmfile's release", () => {
    const result = shifted({ "helmfile.yaml": helmfile, "values/checkout.yaml": values(50, 50) }, "blue 0");
    expect(textsOf(result)).toEqual({ "values/checkout.yaml": values(0, 100) });
  });

  test("the only step of a Rollout, with a word about its controller", () => {
    const result = shifted({ [path]: rollout(30) }, "canary 10");
    expect(textsOf(result)).toEqual({ [path]: rollout(10) });
    expect(risksOf(result)).toEqual(["competing-writer"]);
    expect(refusals(shifted({ [path]: rollout(30, 60) }, "canary 10"))).toEqual(["target-ambiguous"]);
  });
});

describe("a sum stays what it was", () => {
  const weights = fc.array(fc.integer({ min: 0, max: 1000 }), { minLength: 2, maxLength: 6 });

  test("for any weights, the shares of the others in proportion to within one", () => {
    fc.assert(
      fc.property(weights, fc.nat(), fc.integer({ min: 0, max: 100 }), (before, at, percent) => {
        const of = at % before.length;
        const result = distribute(before, of, percent);
        if ("impossible" in result) return;
        const total = before.reduce((a, b) => a + b, 0);
        expect(result.weights.reduce((a, b) => a + b, 0)).toBe(total);
        expect(result.weights[of]).toBe((total * percent) / 100);
        const others = total - (before[of] ?? 0);
        const rest = total - (result.weights[of] ?? 0);
        for (const [index, weight] of result.weights.entries()) {
          expect(weight).toBeGreaterThanOrEqual(0);
          if (index !== of && others > 0)
            expect(Math.abs(weight - (rest * (before[index] ?? 0)) / others)).toBeLessThan(1);
        }
      }),
    );
  });

  test("most shifts of weights of 100 are possible", () => {
    const split = fc.integer({ min: 1, max: 99 });
    fc.assert(
      fc.property(split, fc.integer({ min: 0, max: 100 }), (first, percent) => {
        expect(distribute([first, 100 - first], 0, percent)).toEqual({ weights: [percent, 100 - percent] });
      }),
    );
  });

  test("apply then undo gives the original bytes", () => {
    const share = fc.integer({ min: 1, max: 98 });
    fc.assert(
      fc.property(share, fc.integer({ min: 0, max: 100 }), fc.constantFrom("\n", "\r\n"), (first, percent, eol) => {
        const [second, third] = [Math.floor((100 - first) / 2), Math.ceil((100 - first) / 2)];
        fc.pre(percent !== second);
        const text = virtualService(first, second, third).replaceAll("\n", eol);
        const result = shifted({ [path]: text }, `v2 ${percent}`);
        if (result.outcome === "refused") throw new Error(result.reasons[0]?.message);
        const now = new Map(result.candidate.files.map((file) => [file.path, file.after ?? ""]));
        expect(textsOf(undo(result.candidate, now))).toEqual({ [path]: text });
      }),
    );
  });
});

describe("refused", () => {
  test.each([
    [
      "nobody would get the rest",
      httpRoute(0, 100).replace(/ +- \{name: checkout-stable.*\n/, ""),
      "checkout-canary 0",
    ],
    ["no backend gets anything", httpRoute(0, 0), "checkout-canary 50"],
    ["the share is no whole number", httpRoute(1, 1), "checkout-canary 10"],
    ["how the others would share isn't known", virtualService(0, 100, 0), "v2 50"],
    ["a canary gets more than the whole", canaryIngress(120), "canary 0"],
    ["no such backend", httpRoute(80, 20), "checkout-next 0"],
    ["a backend without a weight", httpRoute(80, 20).replace(", weight: 80", ""), "checkout-canary 0"],
  ])("%s", (_name, text, words) => {
    expect(refusals(shifted({ [path]: text }, words))).toEqual(["shift-impossible"]);
  });

  test("routes that split the traffic differently; those that agree shift together", () => {
    const two = (first: string, second: string) => ({ "apps/checkout/production/a.yaml": first, [path]: second });
    const other = renamed("checkout-grpc");
    const differing = two(other.replace("weight: 20", "weight: 30"), httpRoute(80, 20));
    expect(refusals(shifted(differing, "checkout-canary 0"))).toEqual(["target-ambiguous"]);
    const result = shifted(two(other, httpRoute(80, 20)), "checkout-canary 0");
    expect(Object.keys(textsOf(result))).toEqual(["apps/checkout/production/a.yaml", path]);
  });

  test("weights that another layer decides", () => {
    const files = { [path]: httpRoute(80, 20) };
    const [entry] = catalogueOf(files).targets;
    if (entry === undefined) throw new Error("no target");
    const shadowedBy = { file: "patch.yaml", line: 1, why: "a patch replaces it" };
    const shadowed = { ...entry, fields: entry.fields.map((field) => ({ ...field, shadowedBy })) };
    expect(refusals(shifted(files, "checkout-canary 0", { entry: shadowed }))).toEqual(["shift-impossible"]);
  });

  test("weights that the catalogue knows a writer of", () => {
    const files = { [path]: httpRoute(80, 20) };
    const [entry] = catalogueOf(files).targets;
    if (entry === undefined) throw new Error("no target");
    const writers = [{ kind: "flagger" as const, file: "canary.yaml", line: 1 }];
    const written = { ...entry, fields: entry.fields.map((field) => ({ ...field, writers })) };
    expect(refusals(shifted(files, "checkout-canary 0", { entry: written }))).toEqual(["competing-writer"]);
  });

  test("a share of one backend alone", () => {
    expect(distribute([5], 0, 0)).toHaveProperty("impossible");
  });

  test("two backends of one name", () => {
    expect(refusals(shifted({ [path]: virtualService(50, 20, 30) }, "checkout 0"))).toEqual(["target-ambiguous"]);
  });

  test("weights that a Rollout's controller writes", () => {
    const files = { [path]: virtualService(50, 20, 30), "apps/checkout/production/rollout.yaml": rollout(20, 50) };
    expect(refusals(shifted(files, "v2 0"))).toEqual(["competing-writer"]);
  });

  test.each([
    ["of the route that it is called after", "", httpRoute(80, 20)],
    ["of the route that its service names", "  service: {name: checkout-route}\n", renamed("checkout-route")],
  ])("weights that Flagger writes, %s", (_name, service, text) => {
    const canary = `apiVersion: flagger.app/v1beta1\nkind: Canary\nmetadata:\n  name: checkout\nspec:\n  targetRef: {apiVersion: apps/v1, kind: Deployment, name: checkout}\n${service}  analysis: {stepWeight: 10}\n`;
    const files = { [path]: text, "apps/checkout/production/flagger.yaml": canary };
    expect(refusals(shifted(files, "checkout-canary 0"))).toEqual(["competing-writer"]);
  });
});

test("a shift that a person asks for ends only where they say so", () => {
  expect(shifted({ [path]: httpRoute(80, 20) }, "checkout-canary 0")).not.toHaveProperty("candidate.lease");
  expect(shifted({ [path]: httpRoute(80, 20) }, "checkout-canary 0 --for 2h")).toMatchObject({
    candidate: { lease: { expiresAt: noon + 2 * 60 * 60_000 } },
  });
});

describe("chosen by a runbook", () => {
  const files = {
    [path]: httpRoute(50, 50),
    "apps/checkout/production/deployment.yaml": deployment("checkout", "r.io/c:v1"),
  };
  const [entry] = catalogueOf(files).targets;
  if (entry === undefined) throw new Error("no target");
  const weights = entry.fields.filter(({ role }) => role === "weight");
  const back = (
    befores: readonly string[],
    more: Partial<ActionInput> = {},
    made = (change: FieldChange) => change,
  ) => {
    const changes = befores.flatMap((before, at) => {
      const field = weights[at];
      return field === undefined ? [] : [made(changedBy(field, { before, after: "50" }))];
    });
    return shifted(files, "checkout-canary 0", { command: undefined, diagnosis: suspicionOf(entry, changes), ...more });
  };

  test("weights that the suspect changed go back, for a time", () => {
    const result = back(["95", "5"]);
    expect(textsOf(result)).toEqual({ [path]: httpRoute(95, 5) });
    expect(result).toMatchObject({ candidate: { suspect: culprit, lease: { expiresAt: noon + 4 * 60 * 60_000 } } });
  });

  test("what else the suspect changed stays, so it is less sure", () => {
    const image = entry.fields.find(({ role }) => role === "image");
    const [stable, canary] = weights;
    if (image === undefined || stable === undefined || canary === undefined) throw new Error("a field is missing");
    const changes = [
      changedBy(stable, { before: "95", after: "50" }),
      changedBy(canary, { before: "5", after: "50" }),
      changedBy(image, { before: "r.io/c:v0", after: "r.io/c:v1" }),
    ];
    const result = back([], { diagnosis: suspicionOf(entry, changes) });
    expect(result).toMatchObject({ candidate: { confidence: 0.85 } });
  });

  test("what Remit itself shifted isn't shifted back and forth", () => {
    expect(refusals(back(["95", "5"], {}, ours))).toEqual(["flip-flop"]);
  });

  test("without such a suspect nothing is shifted", () => {
    expect(refusals(back([]))).toEqual(["no-recent-change"]);
  });

  test("not to where no backend had any traffic", () => {
    expect(refusals(back(["0", "0"]))).toEqual(["shift-impossible"]);
  });

  test("not across a barrier", () => {
    const barrier = { services: [], values: [], commits: [culprit], reason: "a fix" };
    expect(refusals(back(["95", "5"], { barriers: [barrier] }))).toEqual(["target-value-barred"]);
  });

  test("not against a controller that writes them", () => {
    const routed = { ...files, "apps/checkout/production/rollout.yaml": rollout(20, 50) };
    const [own] = catalogueOf(routed).targets;
    expect(refusals(back(["95", "5"], { entry: own ?? entry, files: new Map(Object.entries(routed)) }))).toEqual([
      "competing-writer",
    ]);
  });
});
