/** What is left to people when its time is over: somebody has changed it, or its target is gone. */
import { expect, test } from "vitest";
import { leftToPeople } from "../../src/remediation/left-to-people.ts";
import { leaseComment } from "../../src/remediation/prose/lease-comment.ts";
import { standingLeases } from "../../src/remediation/standing-leases.ts";
import { now } from "../actions/asked.ts";
import type { GitRepository } from "../gitops/git-repository.ts";
import { cron, hour, message, open, path, suspended } from "../support/suspended-report.ts";

async function leftOf(repository: GitRepository, foreign: readonly string[] = []) {
  const { reader, revision } = await open(repository);
  const leases = await standingLeases(reader, revision, now);
  if (leases === "unreadable") throw new Error("unreadable");
  const ownMessage = async (commit: string) =>
    foreign.includes(commit) ? undefined : (await reader.mirror.log(commit, { limit: 1 }))[0]?.message;
  return leftToPeople({ reader, forge: { ownMessage }, leases, now });
}
const because = (why: string) => cron(true).replace("suspend: true", `suspend: true # ${why}`);

test("is what somebody has changed since, and it is known who did", async () => {
  const repository = suspended(now - hour);
  repository.commit({ [path]: cron(true, "5 * * * *") }, { message: "beside it" });
  repository.commit({ [path]: because("until the audit") }, { message: "why" });
  const by = repository.git("rev-parse", "HEAD").trim();
  repository.commit({ [path]: because("until the next audit") }, { message: "why" });
  expect(await leftOf(repository)).toMatchObject([{ changedBy: by }]);
  // Before its time is over nobody needs to know.
  const earlier = suspended(now + hour);
  earlier.commit({ [path]: because("until the audit") }, { message: "why" });
  expect(await leftOf(earlier)).toEqual([]);
});

test("isn't what a newer lease stands on, for as long as that is to end", async () => {
  const repository = suspended(now - hour);
  const commit = repository.git("rev-parse", "HEAD").trim();
  repository.commit({ [path]: because("again") }, { message: message(now + hour) });
  expect(await leftOf(repository)).toEqual([]);
  // Trailers of others put nothing off.
  const forged = repository.git("rev-parse", "HEAD").trim();
  expect((await leftOf(repository, [forged])).map(({ record }) => record.commit)).toEqual([commit]);
  repository.commit({ [path]: because("for good") }, { message: "we keep it" });
  expect((await leftOf(repository)).map(({ record }) => record.commit)).toEqual([commit]);
});

test("is what is left of a target that is gone", async () => {
  const repository = suspended(now - hour);
  repository.commit({ [path]: undefined, "README.md": "Nothing.\n" }, { message: "It moves out" });
  const [lease] = await leftOf(repository);
  expect(lease?.target).toBeUndefined();
  expect(lease && leaseComment(lease)).toContain("no longer in the repository (target-not-found)");
});
