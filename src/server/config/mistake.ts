/** One thing that is wrong with the configuration. Never holds a value that was configured: it could be a secret. */
export interface Mistake {
  /** The file, or `environment`. */
  readonly file: string;
  /** 1-based; undefined where there is no line to point at. */
  readonly line: number | undefined;
  readonly column: number | undefined;
  /** `sources[1].type`, or the environment variable's name; "" for the whole file. */
  readonly where: string;
  /** What is wrong, and what was expected. */
  readonly message: string;
  /** The known key that was probably meant. */
  readonly nearest: string | undefined;
}

/** `remit.yaml:12:5 sources[1].typ: unknown key, did you mean type?` */
export function formatMistake({ file, line, column, where, message, nearest }: Mistake): string {
  const position = line === undefined ? file : `${file}:${line}:${column ?? 1}`;
  const subject = where === "" ? "" : ` ${where}`;
  return `${position}${subject}: ${message}${nearest === undefined ? "" : `, did you mean ${nearest}?`}`;
}
