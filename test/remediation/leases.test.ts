import { describe, expect, onTestFinished, test } from "vitest";
import { openLocalMirror } from "../../src/gitops/mirror/git-mirror.ts";
import { correlate } from "../../src/incidents/correlate.ts";
import { isExpiry } from "../../src/incidents/lease-alert.ts";
import { leaseSignals } from "../../src/remediation/lease-signals.ts";
import { makePlan } from "../../src/remediation/make-plan.ts";
import { repositoryReader } from "../../src/remediation/repository-reader.ts";
import { defaultSettings } from "../../src/remediation/settings.ts";
import { standingLeases } from "../../src/remediation/standing-leases.ts";
import { asked, codes, history, now } from "../actions/asked.ts";
import type { GitRepository } from "../gitops/git-repository.ts";
import { leaseHolder, leaseMessage } from "../support/lease-message.ts";

const hour = 60 * 60_000;
const path = "apps/report/production/cronjob.yaml";
const cron = (suspend: boolean, schedule = "0 * * * *") =>
  `apiVersion: batch/v1\nkind: CronJob\nmetadata:\n  name: report\nspec:\n  schedule: "${schedule}"\n  concurrencyPolicy: Forbid\n  suspend: ${suspend}\n`;

const message = (expiresAt: number, paths?: readonly string[]) =>
  leaseMessage({
    action: "suspend",
    target: "report/production",
    expiresAt,
    ...(paths === undefined ? {} : { paths }),
  });

/** Suspended two hours ago, until then. */
function suspended(expiresAt: number): GitRepository {
  const repository = history({ [path]: cron(false) });
  repository.commit(
    { [path]: cron(true) },
    { message: message(expiresAt), at: new Date(now - 2 * hour).toISOString() },
  );
  return repository;
}

async function open(repository: GitRepository) {
  const mirror = await openLocalMirror(repository.directory);
  onTestFinished(() => mirror.close());
  return { reader: repositoryReader(mirror), revision: await mirror.head() };
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
    const [signal] = await leaseSignals(reader, [], now);
    if (signal === undefined) return undefined;
    const target = { service: "report", environment: "production", namespace: undefined };
    const { incident } = correlate([], signal, target);
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

  test("it resolves once the change is taken back, by whomever", async () => {
    const repository = suspended(now - hour);
    const found = await planOf(repository);
    repository.commit({ [path]: cron(false) }, { message: "resume it" });
    const { reader } = await open(repository);
    const open1 = found === undefined ? [] : [{ incident: found.incident }];
    expect(await leaseSignals(reader, open1, now)).toMatchObject([
      { status: "resolved", labels: { service: "report" } },
    ]);
    expect(await leaseSignals(reader, [], now)).toEqual([]);
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
