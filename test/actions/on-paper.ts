/** An action on a repository written down in a test, without a history. */
import type { ActionInput } from "../../src/actions/action.ts";
import type { ActionName, ActionResult } from "../../src/actions/candidate.ts";
import { actions } from "../../src/actions/catalogue.ts";
import { parseCommand } from "../../src/actions/commands/parse-command.ts";
import { findTargets } from "../../src/gitops/catalogue/find-targets.ts";
import { catalogueOf, type Files } from "../gitops/catalogue/catalogue-of.ts";

export const noon = Date.parse("2026-11-20T12:00:00Z");

/** `line` names the service. */
export function onPaper(files: Files, line: string, change: Partial<ActionInput> = {}): ActionResult {
  const parsed = parseCommand(line);
  if (parsed.outcome === "mistake") throw new Error(parsed.mistake.message);
  const { command } = parsed;
  const catalogue = catalogueOf(files);
  const found = findTargets(catalogue, command);
  if (found.outcome === "unknown" || found.entries.length > 1) throw new Error(`not one target: ${line}`);
  return actions[command.ask.action as ActionName]({
    entry: found.entries[0],
    catalogue,
    files: new Map(Object.entries(files)),
    changes: [],
    commits: [],
    shares: [],
    health: [],
    barriers: [],
    stoodMs: 0,
    diagnosis: undefined,
    command,
    now: noon,
    ...change,
  });
}

/** The texts of the files that it changes. */
export function textsOf(result: ActionResult): Record<string, string | undefined> {
  if (result.outcome === "refused") throw new Error(result.reasons.map(({ message }) => message).join("; "));
  return Object.fromEntries(result.candidate.files.map(({ path, after }) => [path, after]));
}

export const refusals = (result: ActionResult) =>
  result.outcome === "refused" ? result.reasons.map(({ code }) => code) : ["candidate"];

export const risksOf = (result: ActionResult) =>
  result.outcome === "refused" ? ["refused"] : result.candidate.risks.map(({ code }) => code);
