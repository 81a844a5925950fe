import type { Limits } from "./authority.ts";
import type { Operand } from "./verdict.ts";

export interface ChangeSize {
  readonly files: number;
  /** As `changedLines` counts them, over all files. */
  readonly lines: number;
  readonly targets: number;
}

/** Is a change as small as what is granted? */
export function sizeOperand({ files, lines, targets }: ChangeSize, limits: Limits): Operand {
  const size = `${files} of ${limits.files} files, ${lines} of ${limits.lines} lines and ${targets} of ${limits.targets} targets`;
  return files > limits.files || lines > limits.lines || targets > limits.targets
    ? { name: "size", tier: "propose", reason: { code: "change-too-large", message: `${size}: more than granted` } }
    : { name: "size", tier: "merge", reason: { code: "within-limits", message: size } };
}
