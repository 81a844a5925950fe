/** What Remit's own past says against acting again: going back and forth, and fixes that didn't help. */
import type { Instant } from "../clock.ts";
import { span } from "../diagnosis/span.ts";
import type { Incident } from "../incidents/incident.ts";
import { targetName } from "../target.ts";
import type { Change } from "./change.ts";
import { changeStates } from "./change-states.ts";
import { breaker, flipFlopMs } from "./defaults.ts";
import type { Records } from "./limit-operands.ts";
import type { Operand } from "./verdict.ts";

export interface BreakerInput {
  readonly candidate: Change;
  readonly records: Records;
  readonly incident: Incident | undefined;
  readonly kind: "fix" | "undo";
  readonly now: Instant;
  /** Names of the runbooks that hold. */
  readonly runbooks: readonly string[];
  /** The newest commit that changed the policy: whoever made it knew of every failure before. */
  readonly rearmedAt?: Instant | undefined;
}

export function breakerOperands(input: BreakerInput): readonly Operand[] {
  return [flipFlopOperand(input), verificationOperand(input)];
}

/**
 * What Remit moved away from within a day is locked for it: A, B and A again is a quarrel, and a person ends it. The undo of this
 * incident's own fix is no quarrel.
 */
function flipFlopOperand({ candidate, records, incident, kind, now }: BreakerInput): Operand {
  if (records === "unreadable") return unreadable("flip-flop");
  const name = targetName(candidate.target);
  const { to } = changeStates(candidate);
  const left = records.filter(
    (record) =>
      record.target === name &&
      record.change?.from === to &&
      record.at > now - flipFlopMs &&
      !(kind === "undo" && record.incident === incident?.id),
  );
  if (left.length === 0) {
    return {
      name: "flip-flop",
      tier: "merge",
      reason: { code: "within-limits", message: "it goes to and fro with nobody" },
    };
  }
  const last = Math.max(...left.map(({ at }) => at));
  const message = `Remit itself moved away from this state ${span(now - last)} ago: it doesn't go back by itself`;
  return { name: "flip-flop", tier: "suggest", reason: { code: "flip-flop", message } };
}

/** An undo is a verification that failed. */
function verificationOperand({ records, runbooks, kind, rearmedAt }: BreakerInput): Operand {
  if (records === "unreadable") return unreadable("breaker");
  const fine = {
    name: "breaker",
    tier: "merge",
    reason: { code: "within-limits", message: "its fixes have helped" },
  } as const;
  // To take back what didn't help must stay possible when the breaker opens.
  if (kind === "undo") return fine;
  const failures = records
    .filter(({ action, at }) => action === "undo" && (rearmedAt === undefined || at > rearmedAt))
    .filter(({ runbook }) => (runbook ?? "built-in").split("+").some((name) => runbooks.includes(name)))
    .map(({ at }) => at)
    .toSorted((a, b) => a - b);
  const tripped = failures.some((at, index) => {
    const nth = failures[index + breaker.failures - 1];
    return nth !== undefined && nth - at <= breaker.windowMs;
  });
  if (!tripped) return fine;
  const message = `${breaker.failures} fixes of runbook ${runbooks.join(" and ")} didn't help within ${span(breaker.windowMs)}: people approve what it does until a commit to .github/remit/ re-arms it`;
  return { name: "breaker", tier: "propose", reason: { code: "verification-breaker", message } };
}

function unreadable(name: "flip-flop" | "breaker"): Operand {
  const message = "the changes of the past couldn't be read";
  return { name, tier: "propose", reason: { code: "limits-unreadable", message } };
}
