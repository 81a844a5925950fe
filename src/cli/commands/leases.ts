/** `remit leases`: what Remit did for a time only and is still in force, from git alone. */
import { systemClock } from "../../clock.ts";
import { RemitError } from "../../errors.ts";
import { type LeasedImage, leasedImages } from "../../remediation/leased-images.ts";
import { repositoryReader } from "../../remediation/repository-reader.ts";
import { type StandingLease, standingLeases } from "../../remediation/standing-leases.ts";
import type { Command } from "../command.ts";
import { withRepository } from "../map/open-repository.ts";
import { registryOption, registryOptions, registryUsage } from "../registry-option.ts";

export const leases: Command = {
  name: "leases",
  summary: "what Remit did for a time only and is still in force, and what would end it",
  usage: `--repo DIR [--at REV] [--now ISO] [--config FILE]

--repo DIR   a git directory or work tree
--at REV     the commit to read (40 or 64 hex digits); HEAD otherwise
--now ISO    the moment to compare with; otherwise now
${registryUsage}

Ends with 0, and with 3 where the time of one is over, or its image is gone.`,
  options: { repo: { type: "string" }, at: { type: "string" }, now: { type: "string" }, ...registryOptions },
  run: (context) =>
    withRepository(context, async (mirror, revision) => {
      const now = momentOf(context.text("now"));
      const images = await registryOption(context);
      const reader = repositoryReader(mirror);
      const found = await standingLeases(reader, revision, now);
      if (found === "unreadable")
        throw new RemitError("git-failed", "leases: the changes of the past couldn't be read");
      const leases: Told[] = [];
      for (const lease of found)
        leases.push(told(lease, images && (await leasedImages(reader, revision, lease, images))));
      if (context.json) context.printJson({ revision, leases });
      else if (leases.length === 0) context.print("Nothing that Remit did for a time only is in force.");
      else for (const lease of leases) context.print(line(lease));
      return found.some(({ expired }) => expired) || leases.some(({ state }) => state === "rotten") ? 3 : 0;
    }),
};

type Told = ReturnType<typeof told>;

function told(standing: StandingLease, images: readonly LeasedImage[] | undefined) {
  const { record, end, changedBy } = standing;
  const { commit, action, lease } = record;
  const [reason] = end?.outcome === "refused" ? end.reasons : [];
  return {
    commit,
    action,
    target: record.target,
    state: stateOf(standing, images),
    expiresAt: new Date(lease.expiresAt).toISOString(),
    holder: lease.holder,
    why: lease.why,
    ...(reason === undefined ? {} : { reason: reason.message }),
    ...(changedBy === undefined ? {} : { changedBy }),
    ...(images === undefined ? {} : { images }),
  } as const;
}

/** What a person should look at first. */
function stateOf({ target, end, expired }: StandingLease, images: readonly LeasedImage[] = []) {
  if (target === undefined) return "orphaned";
  if (images.some(({ word }) => word === "gone")) return "rotten";
  if (end?.outcome === "refused") return "changed";
  return expired ? "expired" : "running";
}

function line({ commit, action, target, state, expiresAt, holder, why, reason, changedBy, images = [] }: Told): string {
  const by = changedBy === undefined ? "" : `, by ${changedBy.slice(0, 12)}`;
  const notes = [...(reason === undefined ? [] : [`${reason}${by}`]), ...images.flatMap(noteOf)];
  const note = notes.map((each) => `; ${each}`).join("");
  return `${state.padEnd(8)}  ${expiresAt}  ${action} ${target}  ${commit.slice(0, 12)}  held by ${holder}: ${why}${note}`;
}

function noteOf(image: LeasedImage): readonly string[] {
  if (image.word === "there") return [];
  const { reference, why } = image;
  return [
    image.word === "gone" ? `${reference} is gone: ${why}` : `whether ${reference} is still there isn't known: ${why}`,
  ];
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
