/** Catalogues of small repositories written down in a test. */
import { buildCatalogue } from "../../../src/gitops/catalogue/build-catalogue.ts";
import type { Catalogue, CatalogueTarget, Field } from "../../../src/gitops/catalogue/catalogue.ts";
import { resolveTarget } from "../../../src/gitops/catalogue/resolve-target.ts";

export type Files = Readonly<Record<string, string>>;

export function catalogueOf(files: Files): Catalogue {
  return buildCatalogue(Object.entries(files).map(([path, text]) => ({ path, text })));
}

/** The one target that the labels select. */
export function select(catalogue: Catalogue, labels: Readonly<Record<string, string>>): CatalogueTarget {
  const resolution = resolveTarget(catalogue, labels);
  if (resolution.outcome === "resolved") return resolution.entry;
  throw new Error(`${resolution.outcome}: ${resolution.why} ${JSON.stringify(resolution.candidates)}`);
}

/** `file#path.of.keys=value (role)` of every field but the unremarkable ones. */
export function told(entry: CatalogueTarget): string[] {
  return entry.fields.filter((field) => field.role !== "other").map(describeField);
}

export function describeField(field: Field): string {
  return `${field.file}#${field.path.join(".")}=${field.value} (${field.role})`;
}

export function deployment(name: string, image: string, namespace?: string): string {
  const space = namespace === undefined ? "" : `\n  namespace: ${namespace}`;
  return `apiVersion: apps/v1
kind: Deployment
metadata:
  name: ${name}${space}
spec:
  replicas: 2
  template:
    spec:
      containers:
        - name: main
          image: ${image}
`;
}

export function kustomization(body: string): string {
  return `apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\n${body}`;
}
