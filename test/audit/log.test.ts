import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { csvLine } from "../../src/audit/csv-line.ts";
import { run } from "../cli/run.ts";
import { at, ledgerOf, type Story, story, type Told, written } from "./story.ts";

const directory = mkdtempSync(join(tmpdir(), "remit-audit-"));
let made: Story;
beforeAll(async () => {
  made = await story({}, directory);
  const hostile: Told = {
    kind: "refused",
    phase: "result",
    time: at(30),
    software: "0.1.0",
    actor: { kind: "person", login: "=cmd|' /C calc'!A0" },
    incident: { id: "search-staging-1", service: "search", environment: "staging", openedAt: at(29) },
    result: { reasons: [{ code: "no-suspect", message: '\u001b[2Jnothing,\r\n"changed" \u202e' }] },
  };
  written(made, ledgerOf({ ...made, told: [...made.told, [hostile]] }));
});
afterAll(() => rmSync(directory, { recursive: true, force: true }));

const log = (...args: readonly string[]) => run(["audit", "log", "--repo", directory, "--now", at(60), ...args]);

describe("remit audit log", () => {
  test("prints a line for each record, newest first, with the reason", async () => {
    const { code, out, err } = await log();
    expect([code, err]).toEqual([0, ""]);
    const lines = out.trimEnd().split("\n");
    expect(lines).toHaveLength(8);
    expect(lines[0]).toMatch(/8 +refused +search\/staging +=cmd.* +\[2Jnothing, "changed" \(no-suspect\)$/);
    expect(lines[4]).toMatch(
      /^2026-11-20 11:57:06 UTC +4 +merged +checkout\/production +remit +roll back checkout .*#7/,
    );
    expect(lines[7]).toMatch(/1 +proposed \(intent\) .*; tier merge; granted merge by all \(grant\)$/);
    for (const active of ["\u001b", "\u202e", "\r"]) expect(out).not.toContain(active);
  });

  test.each<[args: readonly string[], sequences: readonly number[]]>([
    [
      ["--target", "checkout"],
      [7, 6, 5, 4, 3, 2, 1],
    ],
    [
      ["--target", "checkout/production", "--limit", "2"],
      [7, 6],
    ],
    [["--target", "checkout/staging"], []],
    [["--actor", "person"], [8]],
    [
      ["--actor", "REMIT", "--kind", "merged"],
      [4, 3],
    ],
    [["--action", "rollback", "--kind", "verified"], [6]],
    [
      ["--tier", "merge"],
      [6, 5, 4, 3, 2, 1],
    ],
    [["--tier", "propose"], []],
    [["--incident", "search-staging-1"], [8]],
    [
      ["--since", "2026-11-20T12:03:00Z"],
      [8, 7, 6],
    ],
    [
      ["--until", "2026-11-20T11:56:00Z"],
      [2, 1],
    ],
  ])("%j selects %j", async (args, sequences) => {
    const { out } = await log("--json", ...args);
    const lines = out.split("\n").filter((line) => line !== "");
    expect(lines.map((line) => JSON.parse(line).record.sequence)).toEqual(sequences);
  });

  test("writes CSV that a spreadsheet doesn't run", async () => {
    const { out } = await log("--csv", "--limit", "1");
    const [header, row, end] = out.split("\r\n");
    expect([header?.split(",").slice(0, 4), end]).toEqual([["sequence", "time", "kind", "phase"], ""]);
    expect(row).toMatch(/^8,2026-11-20T12:25:00\.000Z,refused,result,person,'=cmd\|' \/C calc'!A0,search-staging-1,/);
    expect(csvLine(['a "b", c', "-1", "@x", "+1", undefined, 7, "\t=1"])).toBe(`"a ""b"", c",'-1,'@x,'+1,,7,'=1\r\n`);
  });

  test.each([
    [["--kind", "mergd"], 'there is no kind "mergd", did you mean merged?'],
    [["--tier", "x"], 'there is no tier "x", one of observe'],
    [["--limit", "0"], "--limit wants a number"],
    [["--json", "--csv"], "exclude each other"],
    [["--since", "lately"], "--since wants a date"],
  ])("%j is a mistake of who asks", async (args, message) => {
    const { code, err } = await log(...args);
    expect([code, err.replaceAll("\\", "")]).toEqual([2, expect.stringContaining(message)]);
  });
});
