/** Each action in repositories of each style: what a person would have written, and taken back again the very bytes that stood there. */
import { describe, expect, test } from "vitest";
import { undo } from "../../src/actions/undo.ts";
import { targetName } from "../../src/target.ts";
import type { Files } from "../gitops/catalogue/catalogue-of.ts";
import { gitRepository } from "../gitops/git-repository.ts";
import { leaseMessage } from "../support/lease-message.ts";
import { ago, asked, day, now, written } from "./asked.ts";
import { onPaper, textsOf } from "./on-paper.ts";

/** The files around one text that says the value. */
type Style = (text: string) => Files;

const kustomization = (body: string) => `apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\n${body}`;
const container = (more: string) =>
  `apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: checkout\nspec:\n  template:\n    spec:\n      containers:\n        - name: checkout\n          image: r.io/checkout:v1\n${more}`;

/** Plain manifests in a directory of the environment. */
const plain: Style = (text) => ({ "apps/checkout/production/checkout.yaml": text });

/** An Argo CD Application that applies an overlay, of which the text is a part or a patch. */
const argo =
  (place: "overlay" | "patch" | "resource"): Style =>
  (text) => {
    const directory = "apps/checkout/overlays/production";
    const parts = { overlay: text, patch: "patches:\n  - path: production.yaml\n", resource: "" };
    const more = place === "resource" ? "  - production.yaml\n" : "";
    return {
      "apps/checkout/base/kustomization.yaml": kustomization("resources:\n  - deployment.yaml\n"),
      "apps/checkout/base/deployment.yaml": container(""),
      [`${directory}/kustomization.yaml`]: kustomization(`resources:\n  - ../../base\n${more}${parts[place]}`),
      ...(place === "overlay" ? {} : { [`${directory}/production.yaml`]: text }),
      "argocd/checkout-production.yaml": `apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata:\n  name: checkout-production\nspec:\n  source:\n    repoURL: https://github.com/acme/shop\n    path: ${directory}\n  destination:\n    namespace: shop\n`,
    };
  };

/** A Flux HelmRelease; the text is what stands below its spec. */
const flux: Style = (text) => ({
  "apps/checkout/production/release.yaml": `apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata:\n  name: checkout\nspec:\n  interval: 5m\n${text}`,
});
const fluxValues: Style = (text) => flux(`  values:\n${text.replace(/^(?=.)/gm, "    ")}`);

/** A helmfile's values. */
const helmfile: Style = (text) => ({
  "helmfile.yaml":
    "environments:\n  production: {}\nreleases:\n  - name: checkout\n    chart: shop/checkout\n    values:\n      - values/checkout.yaml\n",
  "values/checkout.yaml": text,
});

interface Case {
  readonly line: string;
  readonly from: string;
  readonly to: string;
  readonly styles: Readonly<Record<"plain" | "Argo CD" | "Flux" | "helmfile", (value: string) => Files>>;
}

const replicas = (n: string) => `replicaCount: ${n} # see the load test\n`;
const memory = (n: string) => `resources:\n  requests: {memory: ${n}}\n  limits: {memory: ${n}}\n`;
const limits = (n: string) =>
  container(`          resources:\n            requests: {memory: ${n}}\n            limits: {memory: ${n}}\n`);
const switched = (on: string) => container(`          env:\n            - {name: NEW_CART, value: "${on}"}\n`);
const restarted = (n: string) =>
  container(`          env:\n            - name: RESTART_ME\n              value: "${n}"\n`);
const cron = (on: string) =>
  `apiVersion: batch/v1\nkind: CronJob\nmetadata:\n  name: checkout\nspec:\n  schedule: "0 * * * *"\n  suspend: ${on} # by hand only\n`;
const weights = (canary: string) =>
  `backends:\n  - name: stable\n    weight: ${100 - Number(canary)}\n  - name: canary\n    weight: ${canary}\n`;
const route = (canary: string) =>
  `apiVersion: gateway.networking.k8s.io/v1\nkind: HTTPRoute\nmetadata:\n  name: checkout\nspec:\n  rules:\n    - backendRefs:\n        - {name: stable, port: 80, weight: ${100 - Number(canary)}}\n        - {name: canary, port: 80, weight: ${canary}}\n`;

const cases: Readonly<Record<string, Case>> = {
  scale: {
    line: "/remit scale checkout 5",
    from: "4",
    to: "5",
    styles: {
      plain: (n) => plain(container("").replace("spec:\n", `spec:\n  replicas: ${n}\n`)),
      "Argo CD": (n) => argo("overlay")(`replicas:\n  - name: checkout\n    count: ${n}\n`),
      Flux: (n) => fluxValues(replicas(n)),
      helmfile: (n) => helmfile(replicas(n)),
    },
  },
  resize: {
    line: "/remit resize checkout memory 512Mi",
    from: "256Mi",
    to: "512Mi",
    styles: {
      plain: (n) => plain(limits(n)),
      "Argo CD": (n) => argo("patch")(limits(n)),
      Flux: (n) => fluxValues(memory(n)),
      helmfile: (n) => helmfile(memory(n)),
    },
  },
  flag: {
    line: "/remit flag NEW_CART off --service checkout",
    from: "true",
    to: "false",
    styles: {
      plain: (on) => plain(switched(on)),
      "Argo CD": (on) => argo("patch")(switched(on)),
      Flux: (on) => fluxValues(`environment:\n  NEW_CART: "${on}"\n  LEVEL: info\n`),
      helmfile: (on) => helmfile(`environment:\n  NEW_CART: "${on}"\n  LEVEL: info\n`),
    },
  },
  restart: {
    line: "/remit restart checkout",
    from: "009",
    to: "010",
    styles: {
      plain: (n) => plain(restarted(n)),
      "Argo CD": (n) => argo("patch")(restarted(n)),
      Flux: (n) => fluxValues(`environment:\n  RESTART_ME: "${n}"\n`),
      helmfile: (n) => helmfile(`environment:\n  RESTART_ME: '${n}'\n`),
    },
  },
  suspend: {
    line: "/remit suspend checkout",
    from: "false",
    to: "true",
    styles: {
      plain: (on) => plain(cron(on)),
      "Argo CD": (on) => argo("resource")(cron(on)),
      Flux: (on) => flux(`  suspend: ${on}\n`),
      helmfile: (on) => helmfile(`job:\n  suspend: ${on}\n  image: r.io/report:v1\n`),
    },
  },
  shift: {
    line: "/remit shift checkout canary 0",
    from: "20",
    to: "0",
    styles: {
      plain: (canary) => plain(route(canary)),
      "Argo CD": (canary) => argo("resource")(route(canary)),
      Flux: (canary) => fluxValues(weights(canary)),
      helmfile: (canary) => helmfile(weights(canary)),
    },
  },
};

const all = Object.entries(cases).flatMap(([action, { styles, ...rest }]) =>
  Object.entries(styles).map(([style, files]) => ({ action, style, files, ...rest })),
);

describe.each(all)("$action in a repository of $style", ({ line, from, to, files }) => {
  const [before, after] = [files(from), files(to)];
  const changed = Object.fromEntries(Object.entries(after).filter(([path, text]) => before[path] !== text));

  test("writes what a person would, and nothing else", () => {
    expect(textsOf(onPaper(before, line))).toEqual(changed);
  });

  test("taken back leaves no byte behind", () => {
    const result = onPaper(before, line);
    if (result.outcome === "refused") throw new Error("refused");
    const current = new Map(Object.entries(after));
    const original = Object.fromEntries(Object.keys(changed).map((path) => [path, before[path]]));
    expect(textsOf(undo(result.candidate, current))).toEqual(original);
  });
});

const digest = (tag: string) => `sha256:${(tag.endsWith("2") ? "a" : "b").repeat(64)}`;

describe.each<readonly [string, (tag: string) => Files]>([
  ["an image in plain manifests", (tag) => plain(container("").replace("r.io/checkout:v1", `r.io/checkout:${tag}`))],
  ["a tag with its digest", (tag) => plain(container("").replace("checkout:v1", `checkout:${tag}@${digest(tag)}`))],
  [
    "an image of Argo CD's overlay",
    (tag) => argo("overlay")(`images:\n  - name: r.io/checkout\n    newTag: ${tag} # by CI\n`),
  ],
  [
    "a tag and a digest in an overlay",
    (tag) => argo("overlay")(`images:\n  - name: r.io/checkout\n    newTag: ${tag}\n    digest: ${digest(tag)}\n`),
  ],
  ["an image in Flux's values", (tag) => fluxValues(`image:\n  repository: r.io/checkout\n  tag: ${tag}\n`)],
  ["an image in a helmfile's values", (tag) => helmfile(`image:\n  repository: r.io/checkout\n  tag: "${tag}"\n`)],
  [
    "the version of Flux's chart",
    (tag) =>
      flux(
        `  chart:\n    spec:\n      chart: checkout\n      version: ${tag.slice(1)}\n      sourceRef: {kind: HelmRepository, name: shop}\n`,
      ),
  ],
  [
    "a Flux source's ref",
    (tag) => ({
      "apps/checkout/production/source.yaml": `apiVersion: source.toolkit.fluxcd.io/v1\nkind: OCIRepository\nmetadata:\n  name: checkout\nspec:\n  url: oci://r.io/charts/checkout\n  ref:\n    tag: ${tag}\n`,
      ...flux("  chartRef:\n    kind: OCIRepository\n    name: checkout\n"),
    }),
  ],
  [
    "an Application's targetRevision",
    (tag) => ({
      "argocd/checkout-production.yaml": `apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata:\n  name: checkout-production\nspec:\n  source:\n    repoURL: https://charts.acme.example\n    chart: checkout\n    targetRevision: ${tag}\n  destination:\n    namespace: shop\n`,
    }),
  ],
  [
    "a kustomization's remote base",
    (tag) => ({
      "apps/checkout/production/kustomization.yaml": kustomization(
        `resources:\n  - https://github.com/acme/checkout//deploy?ref=${tag}\n`,
      ),
    }),
  ],
  [
    "configuration that shipped with the image",
    (tag) => ({
      ...argo("overlay")(
        `images:\n  - name: r.io/checkout\n    newTag: ${tag}\nconfigMapGenerator:\n  - name: checkout\n    envs: [app.env]\n`,
      ),
      "apps/checkout/overlays/production/app.env": `CACHE=${tag === "v1.5.0" ? "redis" : "none"}\nLEVEL=info\n`,
    }),
  ],
])("rollback of %s", (_, files) => {
  test("writes what a person would, and undone leaves no byte behind", async () => {
    const repository = gitRepository();
    repository.commit(files("v1.4.2"), { at: ago(30 * day) });
    repository.commit(files("v1.5.0"), { at: ago(60), message: "Release v1.5.0" });
    const [before, after] = [files("v1.5.0"), files("v1.4.2")];
    const changed = Object.keys(after).filter((path) => before[path] !== after[path]);
    const among = (all: Files) => Object.fromEntries(changed.map((path) => [path, all[path]]));
    const answer = await asked(repository, "/remit rollback checkout");
    expect(written(answer)).toEqual(among(after));
    const target = answer.target === undefined ? "" : targetName(answer.target);
    const commit = repository.commit(after, {
      at: ago(30),
      message: leaseMessage({ action: "rollback", target, expiresAt: now }),
    });
    expect(written(await asked(repository, `/remit undo ${commit.slice(0, 12)}`))).toEqual(among(before));
  });
});
