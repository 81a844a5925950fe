/** Which declared changes a difference between two renders follows from. Pure. */
import { parseImageReference } from "../../gitops/catalogue/image-reference.ts";
import { lineDiff, splitLines } from "../../gitops/edit/line-diff.ts";
import type { LeafDifference } from "../../gitops/rendering/tree-differences.ts";
import type { DeclaredChange } from "./declared-changes.ts";

type Explained = readonly DeclaredChange[] | undefined;

/** More declared values in one rendered one than an image has parts are nobody's. */
const mostInOne = 4;

/**
 * All of it must follow: the value itself, the value inside a longer one (`registry/checkout:v2`, `--replicas=3`), or lines in a text
 * each of which does. undefined where it doesn't.
 */
export function explainDifference(difference: LeafDifference, declared: readonly DeclaredChange[]): Explained {
  const { path, from, to } = difference;
  const values = declared.filter(({ line }) => line === undefined);
  const whole = values.filter((change) => isItself(change, from, to));
  if (whole.length > 0) return whole;
  if (from === undefined || to === undefined) return undefined;
  if (path.at(-1) === "image") {
    const parts = inImage(from, to, values);
    if (parts !== undefined) return parts;
  }
  return from.includes("\n") || to.includes("\n") ? inLines(from, to, declared) : inText(from, to, values);
}

/** What comes may take the place of a default, and what goes may leave it to one. */
function isItself(change: DeclaredChange, from: string | undefined, to: string | undefined): boolean {
  const comes = change.to !== undefined && isSame(change.to, to);
  const goes = change.from !== undefined && isSame(change.from, from);
  if (change.from === undefined) return comes;
  return change.to === undefined ? goes : (comes && (goes || from === undefined)) || (goes && to === undefined);
}

/** `3` and `3.0` are the same number. */
function isSame(a: string, b: string | undefined): boolean {
  if (a === b || b === undefined) return a === b;
  return isNumber(a) && isNumber(b) && Number(a) === Number(b);
}

function isNumber(text: string): boolean {
  return /^-?\d+(?:\.\d+)?(?:e[+-]?\d+)?$/.test(text);
}

/** Part by part: each that differs must be declared. */
function inImage(from: string, to: string, declared: readonly DeclaredChange[]): Explained {
  const [old, fresh] = [parseImageReference(from), parseImageReference(to)];
  if (old === undefined || fresh === undefined) return undefined;
  const used: DeclaredChange[] = [];
  for (const part of ["name", "tag", "digest"] as const) {
    if (old[part] === fresh[part]) continue;
    const causes = declared.filter((change) => isItself(change, old[part], fresh[part]));
    if (causes.length === 0) return undefined;
    used.push(...causes);
  }
  return used.length === 0 ? undefined : used;
}

/** By putting what is declared in the place of what stood there, wherever that stands. */
function inText(from: string, to: string, declared: readonly DeclaredChange[]): Explained {
  const changes = declared.filter(
    (change): change is DeclaredChange & { from: string; to: string } =>
      change.from !== undefined &&
      change.to !== undefined &&
      change.from !== "" &&
      change.from !== change.to &&
      from.includes(change.from),
  );
  let reached: ReadonlyMap<string, readonly DeclaredChange[]> = new Map([[from, []]]);
  for (let depth = 0; depth < mostInOne && reached.size > 0 && reached.size < 500; depth++) {
    const next = new Map<string, readonly DeclaredChange[]>();
    for (const [text, used] of reached)
      for (const change of changes)
        for (const result of replacements(text, change.from, change.to)) {
          if (result === to) return [...used, change];
          if (!next.has(result)) next.set(result, [...used, change]);
        }
    reached = next;
  }
  return undefined;
}

/** One of its places, or all of them. */
function* replacements(text: string, from: string, to: string): Generator<string> {
  let places = 0;
  for (let at = text.indexOf(from); at >= 0 && places < 20; at = text.indexOf(from, at + 1), places++)
    yield text.slice(0, at) + to + text.slice(at + from.length);
  if (places > 1) yield text.replaceAll(from, () => to);
}

function inLines(from: string, to: string, declared: readonly DeclaredChange[]): Explained {
  const [old, fresh] = [splitLines(from), splitLines(to)];
  const used: DeclaredChange[] = [];
  for (const { beforeStart, beforeEnd, afterStart, afterEnd } of lineDiff(old, fresh)) {
    const [removed, added] = [old.slice(beforeStart, beforeEnd), fresh.slice(afterStart, afterEnd)];
    for (let index = 0; index < Math.max(removed.length, added.length); index++) {
      const [line, other] = [bare(removed[index]), bare(added[index])];
      const causes = lineCauses(line, other, declared);
      if (causes === undefined) return undefined;
      used.push(...causes);
    }
  }
  return used;
}

function lineCauses(
  line: string | undefined,
  other: string | undefined,
  declared: readonly DeclaredChange[],
): Explained {
  const whole = declared.filter((change) => isItself(change, line, other));
  if (whole.length > 0) return whole;
  return line === undefined || other === undefined ? undefined : inText(line, other, declared);
}

function bare(line: string | undefined): string | undefined {
  return line?.replace(/\r?\n$/, "");
}
