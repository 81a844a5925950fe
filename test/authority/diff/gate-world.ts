/** A small GitOps repository in which everything that can be granted is granted, and heads that differ from it by exact bytes. */
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openLocalMirror } from "../../../src/gitops/mirror/open-local-mirror.ts";
import { type GateAnswer, gateRevisions } from "../../../src/remediation/gate-revisions.ts";
import { type RepositoryReader, repositoryReader } from "../../../src/remediation/repository-reader.ts";

/** `undefined` deletes; a string is a plain file. */
export type Entry = string | Uint8Array | undefined | { readonly mode: string; readonly content: string | Uint8Array };
export type Edit = Readonly<Record<string, Entry>>;

export const production = "apps/checkout/overlays/production/kustomization.yaml";
export const staging = "apps/checkout/overlays/staging/kustomization.yaml";
export const deployment = "apps/checkout/base/deployment.yaml";
export const policyPath = ".github/remit/authority.yaml";

export const overlay = (environment: string, tag: string, replicas = 3) => `apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
namespace: shop-${environment}
resources:
  - ../../base
images:
  - name: ghcr.io/acme/checkout
    newTag: ${tag}
replicas:
  - name: checkout
    count: ${replicas}
`;

export const policyOf = (tier: string, version = 14) => `apiVersion: remit.dev/v1alpha1
kind: Authority
metadata: {name: payments}
spec:
  version: ${version}
  grants:
    - name: everything
      match: {environments: ["*"], services: ["*"], actions: ["*"]}
      tier: ${tier}
`;

const workload = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: checkout
  labels:
    app: checkout
spec:
  selector:
    matchLabels:
      app: checkout
  template:
    metadata:
      labels:
        app: checkout
    spec:
      containers:
        - name: checkout
          image: ghcr.io/acme/checkout
          env:
            - name: GREETING
              value: "hello"
`;

const data = `apiVersion: apps/v1
kind: StatefulSet
metadata:
  name: ledger
spec:
  replicas: 3
  serviceName: ledger
  selector:
    matchLabels:
      app: ledger
  template:
    metadata:
      labels:
        app: ledger
    spec:
      containers:
        - name: ledger
          image: ghcr.io/acme/ledger:v1
  volumeClaimTemplates:
    - metadata:
        name: data
      spec:
        resources:
          requests:
            storage: 10Gi
---
apiVersion: v1
kind: Service
metadata:
  name: ledger
spec:
  clusterIP: None
---
apiVersion: v1
kind: PersistentVolumeClaim
metadata:
  name: ledger-archive
spec:
  accessModes: [ReadWriteOnce]
  resources:
    requests:
      storage: 50Gi
`;

export const baseFiles: Readonly<Record<string, string>> = {
  [policyPath]: policyOf("merge"),
  ".github/workflows/ci.yml": "on: push\n",
  CODEOWNERS: "* @acme/platform\n",
  "README.md": "# Shop\n",
  "apps/checkout/base/kustomization.yaml":
    "apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nresources:\n  - deployment.yaml\n",
  [deployment]: workload,
  [production]: overlay("production", "v1.5.0"),
  [staging]: overlay("staging", "v1.5.0"),
  "apps/ledger/production/ledger.yaml": data,
  "apps/ledger/production/kustomization.yaml": "resources:\n  - ledger.yaml\n",
  "apps/cart/production/values.yaml": "image:\n  tag: v1\nreplicaCount: 2\nenv:\n  MODE: &mode fast\n  OTHER: *mode\n",
  "apps/cart/production/limits.yaml": "resources:\n  limits:\n    cpu: 1\n    memory: 1Gi\n",
  "crds/things.yaml":
    "apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nmetadata:\n  name: things.acme.io\nspec:\n  group: acme.io\n",
  "apps/checkout/overlays/production/secret.yaml":
    "apiVersion: bitnami.com/v1alpha1\nkind: SealedSecret\nmetadata:\n  name: checkout\nspec:\n  encryptedData:\n    key: AgB\n",
  "apps/checkout/chart/templates/deployment.yaml": "kind: Deployment\nspec:\n  replicas: {{ .Values.replicas }}\n",
  "scripts/release.sh": "#!/bin/sh\n",
};

export interface GateWorld {
  readonly directory: string;
  readonly reader: RepositoryReader;
  readonly base: string;
  /** A commit on top of `parent` (the base otherwise). */
  commit(edit: Edit, parent?: string, second?: string): string;
  gate(edit: Edit): Promise<GateAnswer>;
  git(...args: string[]): string;
  close(): Promise<void>;
}

export async function gateWorld(files: Edit = baseFiles): Promise<GateWorld> {
  const directory = mkdtempSync(join(tmpdir(), "remit-gate-"));
  const run = (args: readonly string[], input?: Uint8Array): string =>
    execFileSync("git", args, {
      cwd: directory,
      encoding: "utf8",
      maxBuffer: 1 << 28,
      input: input ?? "",
      stdio: ["pipe", "pipe", "ignore"],
      env: { PATH: process.env.PATH, GIT_CONFIG_NOSYSTEM: "1", GIT_CONFIG_GLOBAL: "/dev/null" },
    }).trim();
  run(["init", "--quiet", "--bare", "--initial-branch=main"]);
  let count = 0;
  const commit = (edit: Edit, parent?: string, second?: string): string => {
    const branch = parent === undefined && count === 0 ? "main" : `head-${count}`;
    count += 1;
    run(["fast-import", "--quiet", "--force"], stream(branch, edit, parent, second));
    return run(["rev-parse", `refs/heads/${branch}`]);
  };
  const base = commit(files);
  const mirror = await openLocalMirror(directory);
  const reader = repositoryReader(mirror);
  return {
    directory,
    reader,
    base,
    commit: (edit, parent = base, second) => commit(edit, parent, second),
    gate: (edit) => gateRevisions(reader, base, commit(edit, base)),
    git: (...args) => run(args),
    async close() {
      await mirror.close();
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

function stream(branch: string, edit: Edit, parent: string | undefined, second: string | undefined): Uint8Array {
  const parts: (string | Uint8Array)[] = [
    `commit refs/heads/${branch}\nauthor A <a@example.com> 1700000000 +0000\ncommitter A <a@example.com> 1700000000 +0000\ndata 6\nchange\n`,
    ...(parent === undefined ? [] : [`from ${parent}\n`]),
    ...(second === undefined ? [] : [`merge ${second}\n`]),
  ];
  for (const [path, entry] of Object.entries(edit)) {
    if (entry === undefined) parts.push(`D ${quoted(path)}\n`);
    else {
      const { mode, content } =
        typeof entry === "string" || entry instanceof Uint8Array ? { mode: "100644", content: entry } : entry;
      if (mode === "160000") parts.push(`M 160000 ${String(content)} ${quoted(path)}\n`);
      else {
        const bytes = Buffer.from(content);
        parts.push(`M ${mode} inline ${quoted(path)}\ndata ${bytes.length}\n`, bytes, "\n");
      }
    }
  }
  return Buffer.concat(parts.map((part) => Buffer.from(part)));
}

function quoted(path: string): string {
  return `"${path.replaceAll("\\", "\\\\").replaceAll('"', '\\"').replaceAll("\n", "\\n")}"`;
}
