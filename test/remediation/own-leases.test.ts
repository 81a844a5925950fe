import { expect, test } from "vitest";
import { remediationRecords } from "../../src/ledger/remediation-records.ts";
import { ownLeases } from "../../src/remediation/own-leases.ts";
import { leaseMessage } from "../support/lease-message.ts";
import { minute, t0 } from "../support/situation.ts";

const message = (expiresAt: number) => leaseMessage({ action: "scale", target: "checkout/production", expiresAt });

function claimed(commit: string) {
  const [record] = remediationRecords([{ id: commit, committedAt: t0, message: message(t0) }], () => true);
  if (record === undefined) throw new Error("no record");
  return { record };
}

/** GitHub, which says what Remit wrote of these commits. */
function forge(written: Readonly<Record<string, string>>) {
  const asked: string[] = [];
  const ownMessage = async (commit: string) => {
    asked.push(commit);
    return written[commit];
  };
  return { ownMessage, asked };
}

const commits = (leases: readonly { readonly record: { readonly commit: string } }[]) =>
  leases.map(({ record }) => record.commit);

test("a lease is Remit's own where its own commit says the same of it", async () => {
  const github = forge({ ours: message(t0), prolonged: message(t0 + minute), other: "Relieve it" });
  const leases = ["ours", "forged", "prolonged", "other"].map(claimed);
  expect(commits(await ownLeases({}, github, leases, t0))).toEqual(["ours"]);
});

test("of two times, where it was decided anew before its merge, the later one counts", async () => {
  const here = {};
  const github = forge({ later: message(t0 + minute), sooner: message(t0 - minute) });
  const leases = ["later", "sooner"].map(claimed);
  expect(commits(await ownLeases(here, github, leases, t0))).toEqual(["sooner"]);
  expect(commits(await ownLeases(here, github, leases, t0 + minute))).toEqual(["later", "sooner"]);
});

test("what is known is asked for once; what isn't may become known within the hour", async () => {
  const here = {};
  const late = forge({ early: message(t0) });
  const leases = [claimed("early"), claimed("late")];
  expect(commits(await ownLeases(here, late, leases, t0))).toEqual(["early"]);
  const github = forge({ early: message(t0), late: message(t0) });
  expect(commits(await ownLeases(here, github, leases, t0 + 59 * minute))).toEqual(["early"]);
  expect(github.asked).toEqual([]);
  expect(commits(await ownLeases(here, github, leases, t0 + 60 * minute))).toEqual(["early", "late"]);
  expect(github.asked).toEqual(["late"]);
});

test("whoever forges many uses up few requests, and keeps no other from its turn", async () => {
  const here = {};
  const github = forge({ ours: message(t0) });
  const leases = [...Array.from({ length: 25 }, (_, index) => claimed(`forged ${index}`)), claimed("ours")];
  expect(await ownLeases(here, github, leases, t0)).toEqual([]);
  expect(github.asked).toHaveLength(10);
  expect(await ownLeases(here, github, leases, t0 + minute)).toEqual([]);
  expect(commits(await ownLeases(here, github, leases, t0 + 2 * minute))).toEqual(["ours"]);
});
