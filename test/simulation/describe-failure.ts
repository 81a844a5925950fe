/** A failure as a person reads it: what was promised, the smallest world found in which it breaks, and how to see it again. */
import type { Act } from "./acts.ts";
import type { Outcome } from "./run-seed.ts";
import type { Shrunk } from "./shrink.ts";

export function describeFailure(seed: number, failed: Outcome, { scenario, outcome, runs }: Shrunk): string {
  const { policy, troubles, acts, faults, replicas } = scenario;
  const strikes = faults.kind === "exactly" ? faults.strikes.map(({ point, pass }) => `${point}, pass ${pass}`) : [];
  return [
    `Seed ${seed} breaks ${failed.failure?.invariant}: ${failed.failure?.what}`,
    "",
    `Again, with every line: npm run simulate -- --seed ${seed} --trace`,
    "",
    `The smallest world found in ${runs} tries: tier ${policy.tier}, ${replicas} process${replicas === 1 ? "" : "es"},`,
    ...list(
      "trouble",
      troubles.map(({ service, at, cause }) => `minute ${at}: ${service}, ${cause}`),
    ),
    ...list("people", acts.map(describeAct)),
    ...list("faults", strikes),
    "",
    ...outcome.lines,
  ].join("\n");
}

function list(title: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [`  ${title}: none`] : [`  ${title}:`, ...lines.map((line) => `    ${line}`)];
}

function describeAct({ kind, by, service, when }: Act): string {
  const moment = "minute" in when ? `minute ${when.minute}` : `${when.phase} ${when.effect}, time ${when.nth}`;
  return `${moment}: ${by} ${kind} (${service})`;
}
