/** Findings for people: the place and what is there, why it matters, and how to mend it. */
import type { Finding } from "../authority/lint/finding.ts";

export interface LintReport {
  readonly findings: readonly Finding[];
  /** Were names compared with a repository's targets? */
  readonly compared: boolean;
}

export function renderLint({ findings, compared }: LintReport): readonly string[] {
  const count = (severity: Finding["severity"], word: string) => {
    const number = findings.filter((finding) => finding.severity === severity).length;
    return `${number} ${word}${number === 1 ? "" : "s"}`;
  };
  return [
    ...findings.flatMap(({ file, line, column, severity, code, what, why, mend }) => [
      `${file}:${line}:${column}: ${severity} ${code}: ${what}`,
      `  why:  ${why}`,
      `  mend: ${mend}`,
    ]),
    `${count("error", "error")}, ${count("warning", "warning")}`,
    ...(compared ? [] : ["Names weren't compared with a repository: --repo DIR does."]),
  ];
}
