/** `remit leases`: what Remit did for a time only and is still in force, from git alone. */
import { systemClock } from "../../clock.ts";
import { RemitError } from "../../errors.ts";
import { repositoryReader } from "../../remediation/repository-reader.ts";
import { type StandingLease, standingLeases } from "../../remediation/standing-leases.ts";
import type { Command } from "../command.ts";
import { withRepository } from "../map/open-repository.ts";

export const leases: Command = {
  name: "leases",
  summary: "what Remit did for a time only and is still in force, and what would end it",
  usage: `--repo DIR [--at REV] [--now ISO]

--repo DIR   a git directory or work tree
--at REV     the commit to read (40 or 64 hex digits); HEAD otherwise
--now ISO    the moment to compare with; otherwise now

Ends with 0, and with 3 where the time of one is over.`,
  options: { repo: { type: "string" }, at: { type: "string" }, now: { type: "string" } },
  run: (context) =>
    withRepository(context, async (mirror, revision) => {
      const now = momentOf(context.text("now"));
      const found = await standingLeases(repositoryReader(mirror), revision, now);
      if (found === "unreadable")
        throw new RemitError("git-failed", "leases: the changes of the past couldn't be read");
      if (context.json) context.printJson({ revision, leases: found.map(told) });
      else if (found.length === 0) context.print("Nothing that Remit did for a time only is in force.");
      else for (const lease of found) context.print(line(told(lease)));
      return found.some(({ expired }) => expired) ? 3 : 0;
    }),
};

type Told = ReturnType<typeof told>;

function told({ record, expired, target, end }: StandingLease) {
  const { commit, action, lease } = record;
  const state =
    target === undefined ? "orphaned" : end?.outcome === "refused" ? "changed" : expired ? "expired" : "running";
  const [reason] = end?.outcome === "refused" ? end.reasons : [];
  return {
    commit,
    action,
    target: record.target,
    state,
    expiresAt: new Date(lease.expiresAt).toISOString(),
    holder: lease.holder,
    why: lease.why,
    ...(reason === undefined ? {} : { reason: reason.message }),
  } as const;
}

function line({ commit, action, target, state, expiresAt, holder, why, reason }: Told): string {
  const note = reason === undefined ? "" : `; ${reason}`;
  return `${state.padEnd(8)}  ${expiresAt}  ${action} ${target}  ${commit.slice(0, 12)}  held by ${holder}: ${why}${note}`;
}

function momentOf(text: string | undefined): number {
  if (text === undefined) return systemClock.now();
  const parsed = Date.parse(text);
  if (!Number.isNaN(parsed)) return parsed;
  throw new RemitError(
    "usage",
    `leases: --now wants a date such as 2026-11-20T17:00:00Z, not ${JSON.stringify(text)}`,
    {
      audience: "user",
    },
  );
}
