/** The next value of something that is changed for nothing but that pods are made anew, in the way it was written so far. */
import type { Instant } from "../clock.ts";

const words = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"];

/** `earlier`: values that it had before, newest first. undefined: nobody could say what comes next. */
export function nextNonce(value: string, earlier: readonly string[], now: Instant): string | undefined {
  if (/^\d{1,9}$/.test(value)) return nextNumber(value, earlier);
  const iso = new Date(now).toISOString();
  if (/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(value)) return iso;
  if (/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(value)) return iso.replace(/\.\d{3}Z$/, "Z");
  const word = words.indexOf(value);
  if (word !== -1 && word + 1 < words.length) return words[word + 1];
  if (value === "true" || value === "false") return value === "true" ? "false" : "true";
  const [, stem, number] = /^(.*\D)(\d{1,9})$/s.exec(value) ?? [];
  return stem === undefined || number === undefined ? undefined : `${stem}${padded(Number(number) + 1, number)}`;
}

/** `003` → `004`. A lone 0 or 1 is a switch, until somebody has counted on. */
function nextNumber(value: string, earlier: readonly string[]): string {
  const counted = earlier.some((each) => /^\d+$/.test(each) && Number(each) > 1);
  if (value === "1" && !counted) return "0";
  return padded(Number(value) + 1, value);
}

function padded(number: number, like: string): string {
  return String(number).padStart(like.length, "0");
}
