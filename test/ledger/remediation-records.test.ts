import { describe, expect, test } from "vitest";
import { remediationRecords } from "../../src/ledger/remediation-records.ts";
import { formatTrailers } from "../../src/ledger/trailers.ts";

const facts = {
  "Remit-Incident": "checkout-production-3f2a9c1b40de",
  "Remit-Action": "rollback",
  "Remit-Target": "checkout/production",
  "Remit-Tier": "merge",
  "Remit-Candidate": "3f2a9c1b40de",
};
const committed = (message: string, id = "a".repeat(40)) => ({ id, committedAt: 1_000, message });
const complete = `Roll back checkout (#7)\n\nIt failed.\n\n${formatTrailers(facts)}\n`;
const all = () => true;

describe("remediationRecords", () => {
  test("a commit with the whole set of trailers is a record", () => {
    expect(remediationRecords([committed(complete)], all)).toEqual([
      {
        commit: "a".repeat(40),
        at: 1_000,
        incident: "checkout-production-3f2a9c1b40de",
        action: "rollback",
        target: "checkout/production",
        tier: "merge",
        candidate: "3f2a9c1b40de",
      },
    ]);
  });

  test.each(Object.keys(facts))("without %s it is none", (missing) => {
    const rest = Object.fromEntries(Object.entries(facts).filter(([key]) => key !== missing));
    expect(remediationRecords([committed(`t\n\n${formatTrailers(rest)}`)], all)).toEqual([]);
  });

  test("a commit that isn't ours is none", () => {
    const commits = [committed(complete, "b".repeat(40)), committed(complete)];
    const records = remediationRecords(commits, ({ id }) => id.startsWith("a"));
    expect(records.map(({ commit }) => commit)).toEqual(["a".repeat(40)]);
  });

  test("a paragraph that GitHub appends when a person merges doesn't hide the record", () => {
    const merged = `${complete}\nCo-authored-by: remit[bot] <1+remit[bot]@users.noreply.github.com>\n`;
    expect(remediationRecords([committed(merged)], all)).toHaveLength(1);
    expect(remediationRecords([committed(merged.replaceAll("\n", "\r\n"))], all)).toHaveLength(1);
  });

  test("the words inside prose are none", () => {
    expect(remediationRecords([committed(`t\n\nAs in:\n${formatTrailers(facts)}`)], all)).toEqual([]);
  });
});
