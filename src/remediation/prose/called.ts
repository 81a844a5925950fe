import { calling } from "../calling.ts";
import type { Response } from "../response.ts";

/** Whom the runbook names. Names were checked when it was read, so nothing else can be mentioned. */
export function called(response: Response): readonly string[] {
  return calledLine(calling(response).to);
}

export function calledLine(people: readonly string[]): readonly string[] {
  return people.length === 0 ? [] : [`**Called.** ${people.map((name) => `@${name}`).join(" ")}`];
}
