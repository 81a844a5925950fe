import { digest } from "../digest.ts";
import type { Change } from "./change.ts";

/** Digests of what a change finds and what it leaves, at its own places only: going back gives the same two, swapped. */
export function changeStates({ effects = [], lines = [], files }: Pick<Change, "effects" | "lines" | "files">): {
  readonly from: string;
  readonly to: string;
} {
  const fields = effects.map(({ file, document, path, before, after }) => ({
    place: [file, document, path],
    before,
    after,
  }));
  const texts = lines.map(({ file, removed, added }) => ({ place: [file], before: removed, after: added }));
  const whole = files.map(({ path, before = "", after = "" }) => ({ place: [path], before, after }));
  const places = fields.length + texts.length === 0 ? whole : [...fields, ...texts];
  return {
    from: digest(places.map(({ place, before }) => ({ place, value: before }))).slice(0, 16),
    to: digest(places.map(({ place, after }) => ({ place, value: after }))).slice(0, 16),
  };
}
