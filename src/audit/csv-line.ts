/** A line of CSV (RFC 4180), safe to open in a spreadsheet. */
import { cleanLine } from "../remediation/prose/untrusted.ts";

/** Ends with CRLF. Cells become one line each, of at most 1,000 characters. */
export function csvLine(cells: readonly (string | number | undefined)[]): string {
  return `${cells.map(cellOf).join(",")}\r\n`;
}

function cellOf(value: string | number | undefined): string {
  if (typeof value !== "string") return value === undefined ? "" : String(value);
  const line = cleanLine(value, 1_000);
  // A spreadsheet would run what begins so. The apostrophe is how it knows a text.
  const text = /^[=+\-@\t\r]/.test(line) ? `'${line}` : line;
  return /[",]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
