/** What can't be taken back: field notes 12, 13, 14 and 18, and their relatives. */
import { deployment } from "./gate-world.ts";
import { type Case, ledger, replaced, text } from "./hostile-edits.ts";

export const hazardous: readonly Case[] = [
  [
    "a selector",
    replaced(ledger, "matchLabels:\n      app: ledger", "matchLabels:\n      app: ledger2"),
    "propose",
    "field-immutable",
  ],
  [
    "a selector of a Deployment",
    replaced(deployment, "matchLabels:\n      app: checkout", "matchLabels:\n      app: other"),
    "propose",
    "field-immutable",
  ],
  ["volume claim templates", replaced(ledger, "storage: 10Gi", "storage: 20Gi"), "propose", "field-immutable"],
  [
    "a stateful set's service",
    replaced(ledger, "serviceName: ledger", "serviceName: other"),
    "propose",
    "field-immutable",
  ],
  ["a cluster IP", replaced(ledger, "clusterIP: None", "clusterIP: 10.0.0.9"), "propose", "field-immutable"],
  ["access modes of a volume", replaced(ledger, "[ReadWriteOnce]", "[ReadWriteMany]"), "propose", "field-immutable"],
  ["a volume that grows", replaced(ledger, "storage: 50Gi", "storage: 80Gi"), "propose", "volume-resized"],
  ["a volume that shrinks", replaced(ledger, "storage: 50Gi", "storage: 5Gi"), "propose", "volume-resized"],
  [
    "a volume that is removed",
    { [ledger]: text(ledger).slice(0, text(ledger).lastIndexOf("---")) },
    "propose",
    "data-removed",
  ],
  ["a file with data that is removed", { [ledger]: undefined }, "propose", "data-removed"],
  ["a custom resource definition that goes", { "crds/things.yaml": undefined }, "propose", "crd-changed"],
  [
    "a custom resource definition that changes",
    replaced("crds/things.yaml", "group: acme.io", "group: acme.dev"),
    "propose",
    "crd-changed",
  ],
  ["replicas that are removed", replaced(ledger, "  replicas: 3\n", ""), "propose", "replicas-removed"],
  [
    "a Job at each deployment",
    {
      "apps/cart/production/hook.yaml":
        "apiVersion: batch/v1\nkind: Job\nmetadata:\n  name: x\n  annotations:\n    helm.sh/hook: pre-upgrade\n",
    },
    "propose",
    "touches-migration",
  ],
  [
    "a migration by its name",
    { "apps/cart/migrations/0007.sql": "DROP TABLE orders;\n" },
    "propose",
    "touches-migration",
  ],
  [
    "an object's name",
    replaced(deployment, "metadata:\n  name: checkout", "metadata:\n  name: checkout2"),
    "propose",
    "identity-changed",
  ],
  [
    "what its owners mark",
    replaced(
      deployment,
      "labels:\n    app: checkout",
      'labels:\n    acme.io/rollback-safe: "false"\n    app: checkout',
    ),
    "propose",
    "rollback-unsafe",
  ],
  [
    "a sealed secret",
    replaced("apps/checkout/overlays/production/secret.yaml", "AgB", "AgC"),
    "observe",
    "secret-rotated",
  ],
];
