/** What a person asks for in one line, such as `/remit scale checkout 3 --environment production`. */

export interface Command {
  /** As they were written; only ever compared with the repository's own names. */
  readonly service: string | undefined;
  readonly environment: string | undefined;
  readonly namespace: string | undefined;
  /** How long it holds before it is taken back, in milliseconds; undefined: what the action itself says. */
  readonly leaseMs: number | undefined;
  readonly ask: Ask;
}

export type Ask =
  /** `to`: a value that stood there before, such as a version, or a commit; undefined: the last healthy state. */
  | { readonly action: "rollback"; readonly to: string | undefined }
  /** `component`: the workload or part that is meant, where the service has several. */
  | { readonly action: "scale"; readonly replicas: number; readonly component: string | undefined }
  /** `off`, `on`, `previous`, or the name of a variant. */
  | { readonly action: "flag"; readonly flag: string; readonly state: string }
  | { readonly action: "restart"; readonly component: string | undefined }
  /** `amount`: a Kubernetes quantity such as `512Mi`, or a factor. */
  | {
      readonly action: "resize";
      readonly resource: "cpu" | "memory";
      readonly amount: { readonly quantity: string } | { readonly factor: number };
      readonly component: string | undefined;
    }
  | { readonly action: "suspend"; readonly suspended: boolean; readonly component: string | undefined }
  /** `backend`: a subset, version or service that gets this share of the traffic, in percent. */
  | { readonly action: "shift"; readonly backend: string; readonly percent: number }
  /** At least seven hex digits. */
  | { readonly action: "undo"; readonly commit: string };

/** What is wrong with a line, and the form that it should have. */
export interface CommandMistake {
  readonly message: string;
  readonly usage: string;
}
