import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Review } from "../../src/audit/review/review.ts";
import { canonicalDigest } from "../../src/ledger/canonical-json.ts";
import { run } from "../cli/run.ts";
import { activeWhenRendered } from "../remediation/prose/as-github-renders.ts";
import { at, gone, isMergeResult, ledgerOf, retold, type Story, story, type Told, written } from "./story.ts";

const directory = mkdtempSync(join(tmpdir(), "remit-audit-"));
let made: Story;
beforeAll(async () => {
  made = await story({}, directory);
});
afterAll(() => rmSync(directory, { recursive: true, force: true }));

const hostile = "@ada <b>|#4 https://a.example</b>\n# x";

function of(incident: string, minutes: number, part: Pick<Told, "kind"> & Partial<Told>): Told {
  const about = { id: incident, service: hostile, environment: "staging", openedAt: at(minutes - 1) };
  return { phase: "result", time: at(minutes), software: "0.1.0", actor: { kind: "remit" }, incident: about, ...part };
}

/** The story, a proposal that a person rejected, two incidents without a change, and one that is still open. */
function month(): readonly (readonly Told[])[] {
  const [intent] = made.told[0] ?? [];
  if (intent?.decision === undefined) throw new Error("no intent");
  const { decision, change } = intent;
  // Made up, so nobody can make it again.
  const inputs = { ...decision.inputs, incident: {} };
  const operands = [{ name: "freeze", tier: "propose", code: "freeze", message: hostile }] as const;
  const held = { ...decision, tier: "propose", operands, inputs, inputsDigest: canonicalDigest(inputs) } as const;
  const reasons = [{ code: "no-suspect", message: hostile }];
  return [
    ...made.told,
    [
      {
        ...of("b", 20, { kind: "proposed", phase: "intent", decision: held }),
        ...(change === undefined ? {} : { change }),
      },
      {
        ...of("b", 21, {
          kind: "withdrawn",
          result: { outcome: "rejected", reasons: [{ code: "rejected-by-person", message: hostile }] },
        }),
        ...(change === undefined ? {} : { change }),
      },
      of("b", 22, { kind: "closed", result: { outcome: "handed-off" } }),
      of("c", 23, { kind: "refused", result: { reasons } }),
      of("c", 24, { kind: "refused", result: { reasons } }),
      of("c", 25, { kind: "closed", result: { outcome: "abstained" } }),
      of("d", 26, { kind: "refused", result: { reasons } }),
      of("d", 27, { kind: "escalated", result: { reasons, called: [hostile] } }),
    ],
  ];
}

const reviewed = (...args: readonly string[]) =>
  run(["audit", "review", "--repo", directory, "--now", at(60), "--month", "2026-11", ...args]);

async function numbers(): Promise<Review> {
  return JSON.parse((await reviewed("--json")).out);
}

describe("remit audit review", () => {
  test("tells a month on a page, with nothing active in it", async () => {
    written(made, ledgerOf({ ...made, told: month() }));
    const { code, out, err } = await reviewed();
    expect([code, err]).toEqual([0, ""]);
    expect(activeWhenRendered(out, ["#7"])).toEqual([]);
    await expect(out).toMatchFileSnapshot("../golden/audit/review.md");
  });

  test("counts each incident once for a reason, and what people said of proposals", async () => {
    written(made, ledgerOf({ ...made, told: month() }));
    const { incidents, did, didNot, trust, open } = await numbers();
    expect(incidents).toBe(4);
    expect(did).toMatchObject([{ how: "alone", outcome: "recovered", people: [], target: "checkout/production" }]);
    expect(didNot.map(({ code, nothing, asked }) => [code, nothing, asked])).toEqual([
      ["no-suspect", 2, 0],
      ["freeze", 0, 1],
      ["rejected-by-person", 1, 0],
    ]);
    expect(trust).toMatchObject([{ begun: 2, alone: 1, approved: 0, rejected: 1, recovered: 1, could: "less" }]);
    expect(open).toMatchObject([{ id: "d", called: true }]);
  });

  test("a change that was undone is a reason to trust less", async () => {
    const undo = (entry: Told): Told => {
      const { change, time } = entry;
      const undoing = change === undefined ? {} : { change: { ...change, kind: "undo", candidate: "undo" } as const };
      return { ...entry, ...undoing, time: new Date(Date.parse(time) + 600_000).toISOString() };
    };
    const undoes = made.told.map((batch) => batch.map(undo));
    written(made, ledgerOf({ ...made, told: [...made.told, ...undoes] }));
    const { trust, did } = await numbers();
    expect(trust).toMatchObject([{ begun: 1, undone: 1, could: "less" }]);
    expect(did.map(({ kind }) => kind)).toEqual(["fix", "undo"]);
  });

  test("five that people took as they were are a reason to trust more", async () => {
    const nth = (entry: Told, index: number): Told => ({
      ...entry,
      ...(isMergeResult(entry) ? { actor: { kind: "person", login: "ada" } } : {}),
      incident: { id: `i${index}`, service: `s${index}`, openedAt: at(-1) },
    });
    const told = [1, 2, 3, 4, 5].flatMap((index) => made.told.map((batch) => batch.map((entry) => nth(entry, index))));
    written(made, ledgerOf({ ...made, told }));
    expect((await numbers()).trust).toMatchObject([{ begun: 5, approved: 5, alone: 0, could: "more" }]);
    written(made, ledgerOf({ ...made, told: told.slice(0, 12) }));
    expect((await numbers()).trust).toMatchObject([{ begun: 4, could: "as it is" }]);
  });

  test("says what isn't known and what was found", async () => {
    written(made, retold(made, { 3: gone, 6: gone }));
    const { out } = await reviewed();
    expect(out).toContain("- The check `intent-first` found 1: `remit audit verify` says what.");
    expect(out).toMatch(/^- Whether the change of `checkout\/production` of .* helped isn't recorded\.$/m);
  });

  test("a month without anything says so", async () => {
    written(made);
    const { out } = await run(["audit", "review", "--repo", directory, "--now", at(60), "--month", "2026-10"]);
    expect(out).toContain("Nothing was merged.");
    expect(out).toContain("## Open questions\n\nNone.");
    const { code, err } = await run(["audit", "review", "--repo", directory, "--month", "11"]);
    expect([code, err]).toEqual([2, expect.stringContaining("--month wants a month such as 2026-11")]);
  });
});
