import type { PolicyMistake } from "./policy-mistake.ts";

/** `2 mistakes, first at line 7`. */
export function placesOf([first, ...others]: readonly PolicyMistake[]): string {
  const place = first === undefined ? "" : `, first at line ${first.line}`;
  return `${others.length === 0 ? "a mistake" : `${others.length + 1} mistakes`}${place}`;
}
