import { describe, expect, test } from "vitest";
import type { FileChange } from "../../src/actions/candidate.ts";
import { candidateDigest } from "../../src/actions/candidate-digest.ts";
import { takeBack } from "../../src/actions/take-back.ts";

const target = { service: "report", environment: "production", namespace: undefined };
const reason = { code: "lease-expired", message: "its time is over" } as const;
const commit = "0123456789abcdef".repeat(2);
const path = "apps/report/cronjob.yaml";
const cron = (suspend: boolean, schedule = "0 * * * *") =>
  `kind: CronJob\nspec:\n  schedule: "${schedule}"\n  concurrencyPolicy: Forbid\n  suspend: ${suspend}\n`;
const suspended = { path, before: cron(false), after: cron(true) };

const back = (files: readonly FileChange[], current: Readonly<Record<string, string>>) =>
  takeBack({
    action: "suspend",
    target,
    commit,
    files,
    current: new Map(Object.entries(current)),
    reason,
    whenChanged: "lease-changed",
  });

describe("what a commit did goes back", () => {
  test("to the byte, with all that came beside it kept", () => {
    const files = [{ path, before: cron(true, "5 * * * *"), after: cron(false, "5 * * * *") }];
    expect(back([suspended], { [path]: cron(true, "5 * * * *") })).toEqual({
      outcome: "candidate",
      candidate: {
        action: "suspend",
        target,
        files,
        effects: [],
        lines: [{ file: path, line: 5, removed: ["  suspend: true"], added: ["  suspend: false"] }],
        title: "undo the suspend of report in production",
        confidence: 1,
        risks: [],
        reasons: [reason],
        evidence: [],
        suspect: commit,
        digest: candidateDigest({ action: "suspend", target, files }),
      },
    });
  });

  test("in each of its files that isn't back yet, those that came and went too", () => {
    const came = { path: "apps/report/patch.yaml", before: undefined, after: "a: 1\n" };
    const went = { path: "apps/report/old.yaml", before: "b: 2\n", after: undefined };
    const other = { path: "apps/other.yaml", before: "c: 3\n", after: "c: 4\n" };
    const found = back([suspended, came, other, went], {
      [path]: suspended.after,
      [came.path]: came.after,
      [other.path]: other.before,
    });
    expect(found.outcome === "candidate" && found.candidate.files).toEqual([
      { path, before: suspended.after, after: suspended.before },
      { path: came.path, before: came.after, after: undefined },
      { path: went.path, before: undefined, after: went.before },
    ]);
  });
});

describe("nothing goes back", () => {
  test("where somebody took it back already, in every file", () => {
    const reasons = [{ code: "already-restored", message: "somebody took the change back already" }];
    expect(back([suspended], { [path]: suspended.before })).toEqual({ outcome: "refused", reasons });
    expect(back([], {})).toEqual({ outcome: "refused", reasons });
  });

  test("where somebody has changed the same place of one file since", () => {
    const other = { path: "apps/other.yaml", before: "c: 3\n", after: "c: 4\n" };
    expect(back([suspended, other], { [path]: suspended.after, [other.path]: "c: 5\n" })).toEqual({
      outcome: "refused",
      reasons: [{ code: "lease-changed", message: "apps/other.yaml was changed in the same place since 0123456789ab" }],
    });
    expect(back([suspended], {}).outcome).toBe("refused");
  });

  test("where Remit never writes, whatever stood there", () => {
    const own = { path: ".github/remit/authority.yaml", before: "a: 1\n", after: "a: 2\n" };
    const found = back([suspended, own], { [path]: suspended.after, [own.path]: own.after });
    expect(found).toMatchObject({ outcome: "refused", reasons: [{ code: "path-denied" }] });
    const secret = { path: "apps/secret.yaml", before: "kind: Secret\n", after: "kind: ConfigMap\n" };
    expect(back([secret], { [secret.path]: secret.after })).toMatchObject({
      outcome: "refused",
      reasons: [{ code: "path-denied" }],
    });
  });
});
