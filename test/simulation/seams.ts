/** Where a mutant is planted: around the real parts, never in them. */
import type { endLeases } from "../../src/remediation/end-leases.ts";
import type { Forge } from "../../src/remediation/forge.ts";
import type { createReconciler } from "../../src/remediation/reconciler.ts";
import type { RepositoryReader } from "../../src/remediation/repository-reader.ts";
import type { Store } from "../../src/store/store.ts";

export interface Seams {
  readonly store?: (store: Store) => Store;
  readonly fetch?: (send: typeof fetch) => typeof fetch;
  readonly forge?: (forge: Forge) => Forge;
  readonly reader?: (reader: RepositoryReader) => RepositoryReader;
  readonly reconcile?: (reconcile: Reconcile) => Reconcile;
  readonly endLeases?: (end: typeof endLeases) => typeof endLeases;
}

type Reconcile = ReturnType<typeof createReconciler>;
