import { describe, expect, test } from "vitest";
import { correlate } from "../../src/incidents/correlate.ts";
import { isExpiry } from "../../src/incidents/lease-alert.ts";
import type { ReasonCode } from "../../src/reason.ts";
import { leaseSignals } from "../../src/remediation/lease-signals.ts";
import { makePlan } from "../../src/remediation/make-plan.ts";
import { newRecord } from "../../src/remediation/new-record.ts";
import type { RepositoryReader } from "../../src/remediation/repository-reader.ts";
import { defaultSettings } from "../../src/remediation/settings.ts";
import { standingLeases } from "../../src/remediation/standing-leases.ts";
import type { IncidentRecord } from "../../src/store/store.ts";
import { asked, codes, history, now } from "../actions/asked.ts";
import type { GitRepository } from "../gitops/git-repository.ts";
import { leaseHolder } from "../support/lease-message.ts";
import { cron, hour, message, open, path, suspended } from "../support/suspended-report.ts";

const report = { service: "report", environment: "production", namespace: undefined };

/** What is told where every lease is Remit's own. */
async function told(reader: RepositoryReader, ...known: readonly (IncidentRecord | undefined)[]) {
  const ownMessage = async (commit: string) => (await reader.mirror.log(commit, { limit: 1 }))[0]?.message;
  const records = known.filter((record) => record !== undefined);
  const incidents = {
    get: async (id: string) => records.find(({ incident }) => incident.id === id),
    open: async () => records.filter(({ response }) => response.closed === undefined),
  };
  const revision = await reader.mirror.head();
  const leases = await standingLeases(reader, revision, now);
  if (leases === "unreadable") throw new Error("unreadable");
  return leaseSignals({ reader, revision, leases, forge: { ownMessage }, incidents, now });
}

async function standing(repository: GitRepository) {
  const { reader, revision } = await open(repository);
  const leases = await standingLeases(reader, revision, now);
  if (leases === "unreadable") throw new Error("unreadable");
  return leases.map(({ expired, end, record }) => ({
    expired,
    holder: record.lease.holder,
    end: end?.outcome === "candidate" ? end.candidate.files.map(({ after }) => after) : end?.reasons[0]?.code,
  }));
}

describe("a lease", () => {
  const holder = leaseHolder;

  test("stands until somebody takes the change back", async () => {
    const repository = suspended(now + hour);
    expect(await standing(repository)).toEqual([{ expired: false, holder, end: [cron(false)] }]);
    repository.commit({ [path]: cron(false) }, { message: "resume it" });
    expect(await standing(repository)).toEqual([]);
  });

  test("that was taken back and done again is whoever's did it again", async () => {
    const repository = suspended(now - hour);
    repository.commit({ [path]: cron(false) }, { message: "resume it" });
    repository.commit({ [path]: cron(true, "5 * * * *") }, { message: "no, suspend it" });
    expect(await standing(repository)).toEqual([]);
    repository.commit({ [path]: cron(false, "5 * * * *") }, { message: "resume it" });
    repository.commit({ [path]: cron(true, "5 * * * *") }, { message: message(now + hour) });
    expect(await standing(repository)).toMatchObject([{ expired: false }]);
  });

  test("ends beneath another one, once that has ended", async () => {
    const repository = suspended(now - hour);
    const twice = cron(true).replace("Forbid", "Replace").replace("suspend: true", "suspend: true # again");
    repository.commit({ [path]: twice }, { message: message(now - hour) });
    expect(await standing(repository)).toMatchObject([{ end: [cron(true)] }, { end: "lease-changed" }]);
    repository.commit({ [path]: cron(true) }, { message: "take back" });
    expect(await standing(repository)).toMatchObject([{ end: [cron(false)] }]);
  });

  test("ends as the bytes that stood there, whatever came beside them", async () => {
    const repository = suspended(now - hour);
    repository.commit({ [path]: cron(true, "5 * * * *") }, { message: "later" });
    expect(await standing(repository)).toEqual([{ expired: true, holder, end: [cron(false, "5 * * * *")] }]);
  });

  test("is left to people where somebody has changed the same lines", async () => {
    const repository = suspended(now - hour);
    repository.commit(
      { [path]: cron(true).replace("suspend: true", "suspend: true # until the audit") },
      { message: "why" },
    );
    expect(await standing(repository)).toEqual([{ expired: true, holder, end: "lease-changed" }]);
  });
});

describe("when the time of a lease is over", () => {
  async function planOf(repository: GitRepository) {
    const { reader, revision } = await open(repository);
    const [signal] = await told(reader);
    if (signal === undefined) return undefined;
    const { incident } = correlate([], signal, report);
    if (incident === undefined) throw new Error("no incident");
    const plan = await makePlan({
      reader,
      revision,
      incident,
      syncs: [],
      stop: undefined,
      attempts: 0,
      storm: { sickServices: 1, changesUnderWay: 0 },
      settings: defaultSettings,
      now,
    });
    return { incident, plan };
  }

  test("an alert of Remit's own opens an incident, whose plan is to take the change back", async () => {
    const found = await planOf(suspended(now - hour));
    expect(found?.plan.outcome).toMatchObject({
      kind: "change",
      takesBack: true,
      candidate: { title: "undo the suspend of report in production", files: [{ path, after: cron(false) }] },
    });
    const outcome = found?.plan.outcome;
    const evidence =
      outcome?.kind === "change" ? outcome.verdict.operands.find(({ name }) => name === "evidence") : undefined;
    expect(evidence?.reason.code).toBe("lease-expired");
  });

  test("before that there is none", async () => {
    expect(await planOf(suspended(now + hour))).toBeUndefined();
  });

  test("of several the one that expired first is told first", async () => {
    const repository = suspended(now - hour);
    const later = { "policy.yaml": "range: 1.x\n" };
    repository.commit(later, { message: message(now - 2 * hour) });
    const { reader } = await open(repository);
    expect((await told(reader)).map(({ startsAt }) => startsAt)).toEqual([now - 2 * hour, now - hour]);
  });

  test("and again after five minutes, for as long as it stands", async () => {
    const { reader } = await open(suspended(now - hour));
    const [signal] = await told(reader);
    if (signal === undefined) throw new Error("nothing was told");
    const heardOf = (observedAt: number) => {
      const { incident } = correlate([], { ...signal, observedAt }, report);
      return incident && newRecord(incident, undefined);
    };
    const minute = 60_000;
    expect(await told(reader, heardOf(now - 5 * minute + 1))).toEqual([]);
    expect(await told(reader, heardOf(now - 5 * minute))).toEqual([signal]);
    // A clock that was ahead silences nothing.
    expect(await told(reader, heardOf(now + 5 * minute))).toEqual([signal]);
  });

  test("it resolves once the change is taken back, by whomever", async () => {
    const repository = suspended(now - hour);
    const found = await planOf(repository);
    repository.commit({ [path]: cron(false) }, { message: "resume it" });
    const { reader } = await open(repository);
    expect(await told(reader, found && newRecord(found.incident, undefined))).toMatchObject([
      { status: "resolved", labels: { service: "report" } },
    ]);
    expect(await told(reader)).toEqual([]);
  });

  test("a replica whose mirror is behind the change doesn't take it for taken back", async () => {
    const repository = suspended(now - hour);
    const found = await planOf(repository);
    const record = found && newRecord(found.incident, undefined);
    // It may have the commit from another branch.
    repository.git("branch", "elsewhere");
    repository.git("reset", "--quiet", "--hard", "HEAD~1");
    expect(await told((await open(repository)).reader, record)).toEqual([]);
    expect(await told((await open(history({ [path]: cron(false) }))).reader, record)).toEqual([]);
  });

  test("it is told anew after each trouble that has put it off, and only after such", async () => {
    const repository = suspended(now - hour);
    const { reader } = await open(repository);
    const [signal] = await told(reader);
    if (signal === undefined) throw new Error("nothing was told");
    const closed = (startsAt: number, at: number, code: ReasonCode) => {
      const { incident } = correlate([], { ...signal, startsAt }, report);
      if (incident === undefined) throw new Error("no incident");
      const { response, ...record } = newRecord(incident, undefined);
      const reasons = [{ code, message: "" }];
      return { ...record, response: { ...response, closed: { at, outcome: "handed-off" as const, reasons } } };
    };
    const minute = 60_000;
    const first = closed(now - hour, now - 9 * minute, "other-trouble");
    const second = closed(now - 9 * minute, now - 5 * minute, "other-trouble");
    const startsAt = async (...known: readonly IncidentRecord[]) => (await told(reader, ...known))[0]?.startsAt;
    expect(await startsAt()).toBe(now - hour);
    expect(await startsAt(first)).toBe(now - 9 * minute);
    expect(await startsAt(first, second)).toBe(now - 5 * minute);
    expect(await startsAt(closed(now - hour, now - 9 * minute, "closed-by-person"))).toBe(now - hour);
    // Closed by a clock that was behind: it is told anew all the same.
    expect(await startsAt(closed(now - hour, now - 2 * hour, "other-trouble"))).toBe(now - hour + 1);
  });

  test("nothing ends while there is other trouble", async () => {
    const found = await planOf(suspended(now - hour));
    const [alert] = found?.incident.alerts ?? [];
    if (found === undefined || alert === undefined) throw new Error("no alert");
    const other = { ...alert, source: "prometheus", fingerprint: "other", labels: { alertname: "Down", lease: "x" } };
    expect(isExpiry(found.incident)).toBe(true);
    expect(isExpiry({ ...found.incident, alerts: [alert, other] })).toBe(false);
    // Another source can't say that something is over.
    expect(isExpiry({ ...found.incident, alerts: [other] })).toBe(false);
  });
});

describe("undo, asked by a person", () => {
  test("takes back one of Remit's own commits", async () => {
    const repository = suspended(now + hour);
    const commit = repository.git("rev-parse", "HEAD").slice(0, 10);
    const answer = await asked(repository, `/remit undo ${commit}`);
    expect(answer.files).toEqual([{ path, content: cron(false) }]);
    expect(answer.title).toBe("undo the suspend of report in production");
  });

  test("leaves what others did", async () => {
    const repository = suspended(now + hour);
    const commit = repository.git("rev-parse", "HEAD~1").slice(0, 10);
    const answer = await asked(repository, `/remit undo ${commit}`);
    expect([answer.outcome, codes(answer)]).toEqual(["abstain", ["not-ours"]]);
  });
});

test("of a pinned rollback only the pin ends", async () => {
  const repository = history({ [path]: cron(false), "policy.yaml": "range: 1.x\n" });
  repository.commit(
    { [path]: cron(true), "policy.yaml": "range: 1.4.2\n" },
    {
      message: message(now - hour, ["policy.yaml"]),
      at: new Date(now - 2 * hour).toISOString(),
    },
  );
  expect(await standing(repository)).toMatchObject([{ expired: true, end: ["range: 1.x\n"] }]);
});
