/** What the change itself allows, whoever granted it: where it writes, how much, and with which risks. */
import { secretBearing } from "../gitops/edit/secret-bearing.ts";
import { writablePath } from "../gitops/edit/writable-path.ts";
import type { Reason } from "../reason.ts";
import type { Limits } from "./authority.ts";
import type { Change } from "./change.ts";
import { changedLines } from "./changed-lines.ts";
import { targetsOf } from "./limit-operands.ts";
import { renderOperands } from "./render-operand.ts";
import { stepOperands } from "./step-operand.ts";
import type { Operand } from "./verdict.ts";

export function changeOperands(candidate: Change, limits: Limits): readonly Operand[] {
  return [
    pathOperand(candidate),
    sizeOperand(candidate, limits),
    ...stepOperands(candidate, limits),
    ...renderOperands(candidate, limits),
    ...riskOperands(candidate),
  ];
}

/** Denied in code, so that no policy can allow it. */
function pathOperand({ files }: Change): Operand {
  for (const { path, before, after } of files) {
    const denied = writablePath(path);
    if (denied !== undefined) return { name: "path", tier: "observe", reason: denied };
    if ([before, after].some((text) => text !== undefined && secretBearing(text))) {
      const reason: Reason = { code: "path-denied", message: "Remit never writes a file that may hold secrets" };
      return { name: "path", tier: "observe", reason };
    }
  }
  return { name: "path", tier: "merge", reason: { code: "within-limits", message: "no denied path" } };
}

function sizeOperand(change: Change, limits: Limits): Operand {
  const { files } = change;
  const targets = targetsOf(change).length;
  const lines = files.reduce((sum, { before, after }) => sum + changedLines(before ?? "", after ?? ""), 0);
  const size = `${files.length} of ${limits.files} files, ${lines} of ${limits.lines} lines and ${targets} of ${limits.targets} targets`;
  if (files.length === 0 || lines === 0) {
    return { name: "size", tier: "observe", reason: { code: "change-too-large", message: "the change is empty" } };
  }
  return files.length > limits.files || lines > limits.lines || targets > limits.targets
    ? { name: "size", tier: "propose", reason: { code: "change-too-large", message: `${size}: more than granted` } }
    : { name: "size", tier: "merge", reason: { code: "within-limits", message: size } };
}

function riskOperands({ risks }: Change): readonly Operand[] {
  if (risks.length === 0) {
    return [{ name: "risk", tier: "merge", reason: { code: "within-limits", message: "no known risk" } }];
  }
  return risks.map((reason) => ({ name: "risk", tier: "propose", reason }));
}
