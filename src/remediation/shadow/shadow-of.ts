import type { FileChange } from "../../actions/candidate.ts";
import { textEdits, withTextEdits } from "../../gitops/edit/text-edits.ts";
import type { Incident } from "../../incidents/incident.ts";
import { isExpiry } from "../../incidents/lease-alert.ts";
import type { Plan } from "../response.ts";
import type { Shadow } from "./shadow.ts";

/** Longer ones are nobody's answer to an incident. UTF-16 units of what is stored. */
const longest = 65_536;

/** Pure. undefined where Remit changes nothing, may propose it, takes back what is its own, or where it would be too long to keep. */
export function shadowOf(incident: Incident, { base, at, outcome }: Plan): Shadow | undefined {
  if (outcome.kind !== "change" || outcome.takesBack === true || isExpiry(incident)) return undefined;
  const { candidate, verdict } = outcome;
  const { target, action, digest, effects } = candidate;
  const { tier, runbook } = verdict;
  if (tier !== "observe" && tier !== "suggest") return undefined;
  const shadow: Shadow = {
    incident: incident.id,
    repository: incident.repository,
    target,
    action,
    runbook: runbook?.name ?? "built-in",
    tier,
    digest,
    base,
    plannedAt: at,
    effects,
    files: candidate.files.map(({ path, before, after }) => ({ path, ...textEdits({ before, after }) })),
    comparison: undefined,
    settledAt: undefined,
  };
  return JSON.stringify(shadow).length > longest ? undefined : shadow;
}

/** `texts`: those at `base`. */
export function filesOf({ files }: Pick<Shadow, "files">, texts: ReadonlyMap<string, string>): readonly FileChange[] {
  return files.map(({ path, ...edits }) => {
    const before = texts.get(path);
    return { path, before, after: withTextEdits(before, edits) };
  });
}
