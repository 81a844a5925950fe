import { expect, test } from "vitest";
import { secretBearing } from "../../../src/gitops/edit/secret-bearing.ts";

test.each([
  ["a Secret", "apiVersion: v1\nkind: Secret\nstringData: {a: b}\n"],
  ["a Secret in quotes", 'apiVersion: v1\n"kind": "Secret"\n'],
  ["a Secret as JSON", '{"kind":"Secret","data":{}}'],
  ["a second document", "kind: ConfigMap\n---\nkind: Secret\n"],
  ["an item of a List", "kind: List\nitems:\n- kind: ConfigMap\n- kind: Secret\n"],
  ["an item of a list", "- kind: ConfigMap\n- kind: Secret\n"],
  ["a Secret whose kind is spelled with an escape", '{"kind": "\\u0053ecret"}'],
  ["a kind in the plural", "kind: Secrets\n"],
  ["a longer kind in the plural", "kind: VaultSecrets\n"],
  ["a SealedSecret", "kind: SealedSecret\n"],
  ["an ExternalSecret", "kind: ExternalSecret\n"],
  ["a ClusterSecretStore", "kind: ClusterSecretStore\n"],
  ["an aliased kind", "x: &k Secret\nkind: *k\n"],
  ["SOPS metadata", "a: ENC[AES256_GCM,data:x]\nsops:\n  mac: x\n"],
  ["SOPS metadata further in", "a:\n  sops:\n    mac: x\n"],
  ["SOPS metadata as JSON", '{\n  "sops": {}\n}\n'],
  ["SOPS metadata with space before the colon", "sops : {}\n"],
  ["SOPS in a .env file", "A=ENC[x]\nsops_version=3.8\n"],
  ["a private key", "data: |\n  -----BEGIN RSA PRIVATE KEY-----\n"],
  ["a vault", "$ANSIBLE_VAULT;1.1;AES256\n"],
  ["an LFS pointer", "version https://git-lfs.github.com/spec/v1\noid sha256:1\n"],
  ["a template of a Secret", "{{ if .x }}\nkind: Secret\n{{ end }}\n"],
  ...[
    "  kind: Secret",
    "- kind: Secret",
    "-   kind: SealedSecret",
    '"kind": "Secret"',
    "'kind' : 'Secret'",
    "kind:   'Secret'",
  ].map((line): [string, string] => [`a template with ${line}`, `{{ if .x }}\n${line}\n{{ end }}\n`]),
])("%s holds secrets", (_, text) => {
  expect(secretBearing(text)).toBe(true);
});

test.each([
  ["a reference from a pod", "kind: Deployment\nspec:\n  env:\n  - valueFrom: {secretKeyRef: {name: a, key: b}}\n"],
  [
    "a HelmRelease with values from a Secret",
    "kind: HelmRelease\nspec:\n  valuesFrom:\n  - kind: Secret\n    name: x\n",
  ],
  ["a ConfigMap", "kind: ConfigMap\ndata: {a: b}\n"],
  ["a list of references", "valuesFrom:\n- kind: Secret\n"],
  ["items that are none", "kind: List\nitems: a Secret\n"],
  ["a sentence", "Secret\n"],
  ["a kind that only begins so", "kind: SecretReference\n"],
  ["a kind that only ends so", "kind: no-Secret\n"],
  ["a mention of a vault", "a: $ANSIBLE_VAULT;1.1\n"],
  ["a mention of large files", "# version https://git-lfs.github.com/spec/v1\n"],
  ["a template that mentions a kind", "{{ if .x }}\nabout kind: Secret\n{{ end }}\n"],
  ["an empty file", ""],
])("%s doesn't", (_, text) => {
  expect(secretBearing(text)).toBe(false);
});

test.each([
  ["empty lines", "\n ".repeat(500_000)],
  ["one line of spaces", " ".repeat(1_000_000)],
  ["openings of lists", "- \n".repeat(300_000)],
  ["beginnings of keys", "-----BEGIN ".repeat(90_000)],
  ["kinds of nothing in a file that can't be read", `[\n${"kind: ".repeat(150_000)}`],
])("field note S10: a megabyte of %s is searched once", (_, text) => {
  expect(secretBearing(text)).toBe(false);
});
