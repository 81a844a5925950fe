/**
 * Holds everybody who would write the restored images again, in the same commit. The pin is a lease of its own: when it ends, the
 * rollback stays.
 */
import type { Reason } from "../../reason.ts";
import { targetKey } from "../../target.ts";
import type { ActionInput } from "../action.ts";
import type { ActionResult, Candidate } from "../candidate.ts";
import { candidateDigest } from "../candidate-digest.ts";
import { editFiles } from "../edit-files.ts";
import { leaseUntil } from "../lease-until.ts";
import { lineEffects } from "../line-effects.ts";
import { refused } from "../refused.ts";
import { versionOf } from "../version-of.ts";
import { findHolds } from "./find-holds.ts";
import type { Hold } from "./hold.ts";

/** All of them or none: whoever isn't held would undo it all the same. Refused `pin-unclear`, then with each one's reason. */
export function withPin(candidate: Candidate, input: ActionInput, lengthMs: number): ActionResult {
  const holds = findHolds(candidate, input);
  if (holds.length === 0) return refused("pin-unclear", "nobody who could be held is known to write these lines");
  const reasons = unclear(holds);
  if (reasons.length > 0) return { outcome: "refused", reasons };
  const held = holds.flatMap((hold) => (hold.outcome === "held" ? [hold] : []));
  const edits = held.flatMap((hold) => hold.edits);
  if (edits.some(({ file }) => candidate.files.some(({ path }) => path === file)))
    return refused(
      "pin-unclear",
      "the image and what its writer is told stand in one file, so the pin couldn't end by itself",
    );
  const edited = editFiles(edits, new Map([...(input.updaters ?? []), ...input.files]));
  if (edited.outcome === "refused") return { outcome: "refused", reasons: [edited.reason] };
  const files = [...candidate.files, ...edited.files].toSorted((a, b) => (a.path < b.path ? -1 : 1));
  const plan = { action: candidate.action, target: candidate.target, files };
  const paths = edited.files.map(({ path }) => path);
  const who = [...new Set(held.map((hold) => hold.who))].join(" and ");
  const kept = {
    code: "pinned",
    message: `${who} may not go beyond ${versionOf(candidate.effects, "after")}, for a time`,
  } as const;
  return {
    outcome: "candidate",
    candidate: {
      ...candidate,
      ...plan,
      lines: lineEffects(files),
      title: `${candidate.title}, and pin it`,
      risks: [...candidate.risks.filter(({ code }) => code !== "automated-writer"), ...widths(held, paths, input)],
      reasons: [...candidate.reasons, kept],
      lease: { ...leaseUntil(input.now, lengthMs, "the image is pinned for a while"), paths },
      digest: candidateDigest(plan),
    },
  };
}

export function unclear(holds: readonly Hold[]): readonly Reason[] {
  return holds.flatMap((hold) =>
    hold.outcome === "unheld" ? [{ code: "pin-unclear", message: hold.why } as const] : [],
  );
}

/** For whom else it holds. */
function widths(
  held: readonly Extract<Hold, { outcome: "held" }>[],
  paths: readonly string[],
  { entry, catalogue, updaters }: ActionInput,
): readonly Reason[] {
  // A rule of Renovate's names its files.
  const told = paths.filter((path) => updaters?.has(path) !== true);
  const holders = told.flatMap((path) => catalogue.holders?.(path) ?? []).map(({ target }) => targetKey(target));
  const others = new Set(holders.filter((key) => key !== targetKey(entry.target))).size;
  const said = [
    ...(others > 0 ? [`${others} other ${others === 1 ? "target" : "targets"}`] : []),
    ...held.flatMap(({ wide }) => wide ?? []),
  ];
  return said.map((whom) => ({ code: "shared-field", message: `the pin holds for ${whom}, too` }));
}
