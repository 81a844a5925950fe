/** One thing that is wrong with a policy file, placed where its author finds it. */
export interface PolicyMistake {
  readonly file: string;
  /** 1-based. */
  readonly line: number;
  /** 1-based. */
  readonly column: number;
  /** What is wrong, for the person who wrote it. */
  readonly message: string;
  /** What would be right there. */
  readonly expected: string | undefined;
  /** The known word that looks most like the one found. */
  readonly nearest: string | undefined;
}
