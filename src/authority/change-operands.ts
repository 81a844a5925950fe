/** What the change itself allows, whoever granted it: where it writes, how much, and with which risks. */
import type { Candidate } from "../actions/candidate.ts";
import { secretBearing } from "../gitops/edit/secret-bearing.ts";
import { writablePath } from "../gitops/edit/writable-path.ts";
import type { Reason } from "../reason.ts";
import type { Grant } from "./authority.ts";
import { changedLines } from "./changed-lines.ts";
import type { Operand } from "./verdict.ts";

export function changeOperands(candidate: Candidate, limits: Grant["limits"]): readonly Operand[] {
  return [pathOperand(candidate), sizeOperand(candidate, limits), ...riskOperands(candidate)];
}

/** Denied in code, so that no policy can allow it. */
function pathOperand({ files }: Candidate): Operand {
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

function sizeOperand({ files }: Candidate, limits: Grant["limits"]): Operand {
  const lines = files.reduce((sum, { before, after }) => sum + changedLines(before ?? "", after ?? ""), 0);
  const size = `${files.length} of ${limits.files} files and ${lines} of ${limits.lines} lines`;
  if (files.length === 0 || lines === 0) {
    return { name: "size", tier: "observe", reason: { code: "change-too-large", message: "the change is empty" } };
  }
  return files.length > limits.files || lines > limits.lines
    ? { name: "size", tier: "propose", reason: { code: "change-too-large", message: `${size}: more than granted` } }
    : { name: "size", tier: "merge", reason: { code: "within-limits", message: size } };
}

function riskOperands({ risks }: Candidate): readonly Operand[] {
  if (risks.length === 0) {
    return [{ name: "risk", tier: "merge", reason: { code: "within-limits", message: "no known risk" } }];
  }
  return risks.map((reason) => ({ name: "risk", tier: "propose", reason }));
}
