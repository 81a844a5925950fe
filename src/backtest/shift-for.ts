/** Which backend a person gave which share of the traffic, read from the changed weights. */
import type { Ask } from "../actions/commands/command.ts";
import { findSplits, type Share, type Split } from "../actions/shares/find-splits.ts";
import type { CatalogueTarget } from "../gitops/catalogue/catalogue.ts";
import type { Hunk } from "../gitops/mirror/mined-commit.ts";
import { readAssignment } from "./action-kind.ts";

export interface ChangedWeights {
  readonly entry: CatalogueTarget;
  readonly paths: readonly string[];
  readonly hunks: readonly Hunk[];
  /** As they stood before, by path. */
  readonly texts: ReadonlyMap<string, string>;
}

/** Who lost the most is who it was taken from. undefined where that is no whole share of the sum, or nothing that splits. */
export function shiftFor({ entry, paths, hunks, texts }: ChangedWeights): Ask | undefined {
  const written = new Map(hunks.flatMap((hunk) => changedLines(hunk, paths[hunk.file])));
  for (const split of findSplits(entry, texts)) {
    const after = split.shares.map((share) => weightAfter(share, split, written));
    const sum = after.reduce<number>((total, weight) => total + (weight ?? 0), 0);
    const lost = split.shares
      .map(({ names, weight }, index) => ({
        name: names[0],
        by: (weight ?? 0) - (after[index] ?? 0),
        to: after[index],
      }))
      .filter(({ by }) => by > 0)
      .toSorted((a, b) => b.by - a.by)[0];
    const percent = (100 * (lost?.to ?? 0)) / sum;
    if (lost?.name !== undefined && Number.isInteger(percent)) return { action: "shift", backend: lost.name, percent };
  }
  return undefined;
}

/** `path:line` → the new number. */
function changedLines({ oldStart, removed, added }: Hunk, path = ""): readonly (readonly [string, number])[] {
  if (removed.length !== added.length) return [];
  return added.flatMap((line, index) => {
    const value = readAssignment(line)?.value ?? /weight: *(\d+)/.exec(line)?.[1] ?? "";
    return /^\d+$/.test(value) ? [[`${path}:${oldStart + index}`, Number(value)] as const] : [];
  });
}

function weightAfter({ field, weight }: Share, { shares }: Split, written: ReadonlyMap<string, number>) {
  if (field !== undefined) return written.get(`${field.file}:${field.line}`) ?? weight;
  // What the only other one leaves.
  const other = shares.find((share) => share.field !== undefined)?.field;
  const changed = other && written.get(`${other.file}:${other.line}`);
  const whole = shares.reduce((total, share) => total + (share.weight ?? 0), 0);
  return changed === undefined ? weight : whole - changed;
}
