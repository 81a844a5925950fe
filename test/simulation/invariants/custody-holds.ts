/** P6: what was left to GitHub to merge is looked at for as long as GitHub has it, and isn't merged while a person holds it. */

import type { Custody } from "../custody.ts";
import { simulatedSettings } from "../simulated-settings.ts";
import type { Simulation } from "../simulation.ts";
import type { Invariant } from "./invariant.ts";

/** Between two looks, and what an incident that waits for others of its process may be late by. */
const longestMs = simulatedSettings.pollEveryMs + 2 * 60_000;

export const custodyHolds: Invariant = (simulation) => {
  const { custody: custodies } = simulation;
  custodies.onTurn((custody, at) => {
    const { pull, looks, to } = custody;
    const fail = (what: string) => simulation.fail("P6", `#${pull.number}, left to ${to}, ${what}`);
    const last = looks.at(-1);
    if (last === undefined) return;
    const unseenMs = at - last.look.at;
    if (unseenMs > longestMs && !custodies.hasFailed(last))
      fail(`was not looked at for ${Math.round(unseenMs / 60_000)} min`);
    if (pull.merged !== undefined && isHeld(simulation, custody, custodies.rightBy(custody, at).at))
      fail("is merged while a person holds it");
  });
  return undefined;
};

/** The newest word of people with the right to it, on the pull request or the incident's issue. */
function isHeld({ github }: Simulation, { pull, incident }: Custody, at: number): boolean {
  const issues = github.world.issues.filter(({ body }) => body?.includes(incident) === true);
  const words = [pull, ...issues]
    .flatMap(({ comments }) => comments)
    .filter(({ author, createdAt }) => ["admin", "write"].includes(author.role) && createdAt < at)
    .sort((a, b) => a.createdAt - b.createdAt)
    .flatMap(({ body }) => body.match(/^\/remit (hold|resume|snooze|retry|approve)$/gm) ?? []);
  return words.at(-1) === "/remit hold";
}
