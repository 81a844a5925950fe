/** Is it a time to act without a person? Deny beats allow, and where there are allow windows everything else is closed. */
import type { Instant } from "../../clock.ts";
import type { Target } from "../../target.ts";
import { matches } from "../matches.ts";
import type { Operand } from "../verdict.ts";
import type { FreezeWindow } from "./freeze-window.ts";
import { windowState } from "./window-state.ts";

export interface FreezeInput {
  readonly windows: readonly FreezeWindow[];
  readonly action: string;
  /** The change is frozen where one of them is. */
  readonly targets: readonly Target[];
  readonly now: Instant;
}

export function freezeOperand({ windows, action, targets, now }: FreezeInput): Operand {
  for (const target of targets) {
    const why = frozen(
      windows.filter(({ match }) => matches(match, action, target)),
      now,
    );
    if (why !== undefined) return { name: "freeze", tier: "propose", reason: { code: "freeze", message: why } };
  }
  return { name: "freeze", tier: "merge", reason: { code: "within-limits", message: "no freeze" } };
}

function frozen(windows: readonly FreezeWindow[], now: Instant): string | undefined {
  const states = windows.map((window) => ({ window, state: windowState(window, now) }));
  const denying = states.find(({ window, state }) => window.kind === "deny" && state.open);
  if (denying !== undefined) return `frozen${untilOf(denying.state.until)}${reasonOf(denying.window)}`;
  const allowing = states.filter(({ window }) => window.kind === "allow");
  if (allowing.length === 0 || allowing.some(({ state }) => state.open)) return undefined;
  const opens = allowing.flatMap(({ state }) => state.until ?? []);
  const next = opens.length === 0 ? undefined : Math.min(...opens);
  return `no allow window is open${untilOf(next)}`;
}

function untilOf(until: Instant | undefined): string {
  return until === undefined ? "" : ` until ${new Date(until).toISOString().replace(/:\d{2}\.\d{3}Z$/, "Z")}`;
}

function reasonOf({ reason }: FreezeWindow): string {
  return reason === undefined ? "" : `: ${reason}`;
}
