/** What a line of a comment asks of Remit, and who may ask it. */
import type { Command } from "../../actions/commands/command.ts";
import type { Permission } from "../situation.ts";

/** Those that are said without another word. */
export const plainNames = [
  "status",
  "explain",
  "help",
  "reject",
  "hold",
  "resume",
  "retry",
  "undo",
  "escalate",
  "stop",
  "start",
] as const;

export type Directive =
  | { readonly do: (typeof plainNames)[number] }
  /** `head`: at least seven hex digits of the commit that is approved; undefined: the one that stands there. */
  | { readonly do: "approve"; readonly head: string | undefined }
  | { readonly do: "snooze"; readonly forMs: number }
  | { readonly do: "act"; readonly command: Command };

export interface DirectiveRule {
  /** The form of the line, for people. */
  readonly usage: string;
  /** What it does, for people. */
  readonly means: string;
  /** The least that GitHub has to say of whoever asks. `approve` needs what the policy asks for beside it. */
  readonly permission: Exclude<Permission, "none">;
  /** It lets Remit do more, so it holds for a while after it was written only. */
  readonly raises: boolean;
}

/** In the order in which `/remit help` lists them. */
export const directiveRules: Readonly<Record<Directive["do"], DirectiveRule>> = {
  status: { usage: "/remit status", means: "how it stands", permission: "read", raises: false },
  explain: { usage: "/remit explain", means: "why Remit does what it does", permission: "read", raises: false },
  help: { usage: "/remit help", means: "this list", permission: "read", raises: false },
  approve: {
    usage: "/remit approve [COMMIT]",
    means: "approve the pull request as it is now",
    permission: "write",
    raises: true,
  },
  reject: { usage: "/remit reject", means: "close the pull request", permission: "triage", raises: false },
  hold: { usage: "/remit hold", means: "write nothing to git until resumed", permission: "triage", raises: false },
  snooze: {
    usage: "/remit snooze 2h",
    means: "write nothing to git for a while",
    permission: "triage",
    raises: false,
  },
  resume: { usage: "/remit resume", means: "end a hold", permission: "triage", raises: true },
  retry: { usage: "/remit retry", means: "look and decide once more", permission: "triage", raises: true },
  undo: { usage: "/remit undo", means: "take back what was merged", permission: "write", raises: true },
  escalate: { usage: "/remit escalate", means: "call a person now", permission: "triage", raises: false },
  stop: {
    usage: "/remit stop",
    means: "stop everything in this repository",
    permission: "triage",
    raises: false,
  },
  start: { usage: "/remit start", means: "end such a stop", permission: "maintain", raises: true },
  act: {
    usage: "/remit rollback|scale|flag|restart|resize|suspend|resume|shift …",
    means: "carry out an action",
    permission: "write",
    raises: true,
  },
};
