/** What the change itself allows, whoever granted it: where it writes, how much, and with which risks. */
import { secretBearing } from "../gitops/edit/secret-bearing.ts";
import { writablePath } from "../gitops/edit/writable-path.ts";
import type { Reason } from "../reason.ts";
import type { Limits } from "./authority.ts";
import type { Change } from "./change.ts";
import { changedLines } from "./changed-lines.ts";
import { targetsOf } from "./limit-operands.ts";
import { renderOperands } from "./render-operand.ts";
import { sizeOperand } from "./size-operand.ts";
import { stepOperands } from "./step-operand.ts";
import type { Operand } from "./verdict.ts";

export function changeOperands(candidate: Change, limits: Limits): readonly Operand[] {
  return [
    pathOperand(candidate),
    sizeOf(candidate, limits),
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

function sizeOf(change: Change, limits: Limits): Operand {
  const { files } = change;
  const lines = files.reduce((sum, { before, after }) => sum + changedLines(before ?? "", after ?? ""), 0);
  if (files.length === 0 || lines === 0) {
    return { name: "size", tier: "observe", reason: { code: "change-too-large", message: "the change is empty" } };
  }
  return sizeOperand({ files: files.length, lines, targets: targetsOf(change).length }, limits);
}

function riskOperands({ risks }: Change): readonly Operand[] {
  if (risks.length === 0) {
    return [{ name: "risk", tier: "merge", reason: { code: "within-limits", message: "no known risk" } }];
  }
  return risks.map((reason) => ({ name: "risk", tier: "propose", reason }));
}
