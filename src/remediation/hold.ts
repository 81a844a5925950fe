/** The worker's lease on the incident that is being reconciled. */
import type { Lease } from "../store/store.ts";

export interface Hold {
  readonly lease: Lease;
  /** It was taken before and not finished: somebody may have written to GitHub and not saved that. */
  readonly again?: boolean;
  /** Extends it. Throws RemitError lease-lost when another worker took over: then nothing more may be written. */
  renew(): Promise<void>;
}
