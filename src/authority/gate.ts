/** Recomputes from a pull request's real diff whether it holds exactly what was decided, and whether that is still allowed. */
import type { Candidate } from "../actions/candidate.ts";
import { secretBearing } from "../gitops/edit/secret-bearing.ts";
import { writablePath } from "../gitops/edit/writable-path.ts";
import type { Reason, ReasonCode } from "../reason.ts";
import { minimumTier } from "./minimum-tier.ts";
import type { Tier, Verdict } from "./verdict.ts";

export interface Gate {
  readonly conclusion: "success" | "failure" | "action_required";
  /** One line, for the list of checks. */
  readonly title: string;
  /** Why it failed; empty when it didn't. */
  readonly reasons: readonly Reason[];
}

export interface GateInput {
  /** The whole diff between the base that was decided on and the pull request's head. */
  readonly changed: readonly GatedFile[];
  readonly candidate: Candidate;
  /** By the policy as it is now. */
  readonly verdict: Verdict;
  /** What people were told. */
  readonly tierAtPlan: Tier;
}

export interface GatedFile {
  readonly path: string;
  /** undefined: it isn't there, or isn't UTF-8. */
  readonly before?: string | undefined;
  readonly after?: string | undefined;
  readonly modeBefore: string;
  readonly modeAfter: string;
}

/** Success says that the diff is what was decided and may be proposed; reviews are asked for apart from it. */
export function gate({ changed, candidate, verdict, tierAtPlan }: GateInput): Gate {
  const differences = [...changed.flatMap((file) => wrongWith(file, candidate)), ...missingFrom(changed, candidate)];
  if (differences.length > 0) {
    return { conclusion: "failure", title: "the diff isn't what was decided", reasons: differences };
  }
  const tier = minimumTier([verdict.tier, tierAtPlan]);
  if (tier === "observe" || tier === "suggest") {
    const reasons = verdict.operands.filter((operand) => operand.tier === verdict.tier).map(({ reason }) => reason);
    return { conclusion: "failure", title: `not allowed: the policy says ${tier}`, reasons };
  }
  return { conclusion: "success", title: titleFor(tier, verdict), reasons: [] };
}

function wrongWith(file: GatedFile, candidate: Candidate): readonly Reason[] {
  const { path, before, after, modeBefore, modeAfter } = file;
  const denied = writablePath(path);
  if (denied !== undefined) return [denied];
  const planned = candidate.files.find((change) => change.path === path);
  if (planned === undefined) return [reason("diff-differs", "a file changes that the plan doesn't name")];
  if (modeBefore !== modeOf(planned.before) || modeAfter !== modeOf(planned.after)) {
    return [reason("file-not-regular", "a file is, or becomes, something else than a plain file")];
  }
  if (before !== planned.before || after !== planned.after) {
    return [reason("diff-differs", "a file's text differs from the plan")];
  }
  if ([before, after].some((text) => text !== undefined && secretBearing(text))) {
    return [reason("path-denied", "Remit never writes a file that may hold secrets")];
  }
  return [];
}

/** A file that comes or goes as planned has no mode on the other side. */
function modeOf(text: string | undefined): string {
  return text === undefined ? "000000" : "100644";
}

function missingFrom(changed: readonly GatedFile[], candidate: Candidate): readonly Reason[] {
  const paths = changed.map(({ path }) => path);
  const complete = candidate.files.every(({ path }) => paths.filter((other) => other === path).length === 1);
  if (complete && candidate.files.length > 0) return [];
  return [reason("diff-differs", "a change that was planned is missing, or comes twice")];
}

function titleFor(tier: Tier, { approvals }: Verdict): string {
  switch (tier) {
    case "merge":
      return "as decided, and may merge at once";
    case "delay":
      return "as decided, and may merge after the veto window";
    default: {
      const count = Math.max(1, approvals.count);
      return `as decided, and needs ${count} approving review${count === 1 ? "" : "s"} (${approvals.permission} or above)`;
    }
  }
}

function reason(code: ReasonCode, message: string): Reason {
  return { code, message };
}
