/** One action of the catalogue on one target, by what was gathered of it. */
import type { Action } from "../actions/action.ts";
import type { ActionName, ActionResult } from "../actions/candidate.ts";
import { actions } from "../actions/catalogue.ts";
import type { Command } from "../actions/commands/command.ts";
import { renovateFiles } from "../actions/pins/updater-files.ts";
import type { Instant } from "../clock.ts";
import type { Diagnosis } from "../diagnosis/diagnosis.ts";
import type { Incident } from "../incidents/incident.ts";
import type { TargetEvidence } from "./evidence.ts";
import type { Images } from "./images.ts";
import { renderCandidate } from "./rendering/render-candidate.ts";
import type { RepositoryReader } from "./repository-reader.ts";
import { unwritable } from "./unwritable.ts";
import { withImageWords } from "./with-image-words.ts";

export interface RunActionInput {
  readonly reader: RepositoryReader;
  readonly revision: string;
  readonly action: ActionName;
  readonly evidence: TargetEvidence;
  /** undefined: no trouble is known. */
  readonly diagnosis: Diagnosis | undefined;
  readonly incident?: Incident | undefined;
  readonly command: Command | undefined;
  readonly stoodMs: number;
  /** As a runbook's step asks for it. */
  readonly pinMs?: number | undefined;
  /** undefined: nobody is asked whether images are still there. */
  readonly images?: Images | undefined;
  readonly now: Instant;
}

/** Refused, too, where a file isn't a plain one any more, an image is gone, or renderers show something else than what is declared. */
export async function runAction(input: RunActionInput): Promise<ActionResult> {
  const { reader, revision, evidence, diagnosis } = input;
  const authority = await reader.authority(revision);
  const action: Action = actions[input.action];
  const entry = diagnosis?.entry ?? evidence.entry;
  const result = action({
    ...evidence,
    entry,
    catalogue: await reader.catalogue(revision),
    ...(input.action === "rollback" ? { updaters: await reader.texts(revision, renovateFiles) } : {}),
    barriers: authority.kind === "present" ? authority.authority.barriers : [],
    diagnosis,
    incident: input.incident,
    command: input.command,
    stoodMs: input.stoodMs,
    pinMs: input.pinMs,
    now: input.now,
  });
  if (result.outcome === "refused") return result;
  const linked = await unwritable(reader, revision, result.candidate.files);
  if (linked !== undefined) return { outcome: "refused", reasons: [linked] };
  const rendered = await renderCandidate(reader, revision, result.candidate);
  if (rendered.outcome === "refused" || input.images === undefined) return rendered;
  return withImageWords(rendered.candidate, entry, input.images);
}
