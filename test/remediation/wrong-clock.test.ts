import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { nextStep } from "../../src/remediation/next-step.ts";
import { type IncidentWorld, incidentWorld, minute } from "../support/incident-world.ts";
import { left, people, play, shop } from "../support/play.ts";
import { incident, open, resolvedAlert, response, situation, t0, view } from "../support/situation.ts";

const hours = 60 * minute;
const wrong = (at: number, aheadMs = 3 * hours) => view({ wrongClock: { at, aheadMs } });
const since = (wrongSince: number | undefined, calledAt?: number) => response({ clock: { wrongSince, calledAt } });

describe("with a wrong clock", () => {
  it("nothing is decided, whatever else is known", () => {
    const merge = open();
    expect(nextStep(merge).do).toBe("merge");
    expect(nextStep({ ...merge, view: wrong(t0) })).toEqual({ do: "note-clock", wrongSince: t0 });
    const noted = { ...merge.response, clock: { wrongSince: t0, calledAt: undefined } };
    const later = { ...merge, view: wrong(t0 + minute), response: noted };
    expect(nextStep(later)).toMatchObject({ do: "wait", reason: { code: "clock-wrong" } });
  });

  it("a person is called once when it has been so for 15 minutes of GitHub's time, whatever this machine says", () => {
    for (const now of [t0 - 3 * hours, t0 + 3 * hours]) {
      const at = (wrongAt: number, calledAt?: number) =>
        nextStep(situation({ now, view: wrong(wrongAt), response: since(t0, calledAt) })).do;
      expect(at(t0 + 15 * minute - 1)).toBe("wait");
      expect(at(t0 + 15 * minute)).toBe("call-about-clock");
      expect(at(t0 + 90 * minute, t0 + 15 * minute)).toBe("wait");
    }
  });

  it("a clock that was right in between is wrong anew, and whoever was called stays called", () => {
    const right = situation({ view: view(), response: since(t0, t0 + minute) });
    expect(nextStep(right)).toEqual({ do: "note-clock", wrongSince: undefined });
    const again = situation({ view: wrong(t0 + 2 * hours), response: since(undefined, t0 + minute) });
    expect(nextStep(again)).toEqual({ do: "note-clock", wrongSince: t0 + 2 * hours });
  });

  it.each([
    ["a stop switch is on", { stopFile: true }],
    ["the repository is archived", { archived: true }],
  ])("nobody is called while %s", (_when, change) => {
    const still = situation({ view: { ...wrong(t0 + hours), ...change }, response: since(t0) });
    expect(nextStep(still)).toMatchObject({ do: "wait", reason: { code: "clock-wrong" } });
  });

  it("a change is withdrawn when its alert resolved, and the incident is closed: neither depends on a clock", () => {
    const over = incident({ alerts: [resolvedAlert(t0)] });
    expect(nextStep({ ...open(), view: wrong(t0), incident: over }).do).toBe("withdraw");
    expect(nextStep(situation({ incident: over, view: wrong(t0), response: since(t0) })).do).toBe("close");
  });
});

describe("a machine whose clock is hours off", () => {
  const worlds: { made: IncidentWorld; directory: string }[] = [];
  afterEach(async () => {
    for (const { made, directory } of worlds.splice(0)) {
      await made.close();
      await rm(directory, { recursive: true, force: true });
    }
  });

  it.each([3 * hours, -3 * hours])(
    "(%i ms) calls a person once, who reads how to set it, and goes on when it is set",
    async (off) => {
      const directory = await mkdtemp(join(tmpdir(), "remit-clock-"));
      let aheadMs = off;
      const made = await incidentWorld({ directory, remitAheadMs: () => aheadMs });
      worlds.push({ made, directory });
      await made.release();
      await made.receive([made.firing()]);
      for (let look = 0; look < 8; look++) {
        await made.reconcile();
        made.clock.advance(5 * minute);
      }
      expect(await left(made)).toMatchObject({ pulls: [], comments: [1], ours: 0 });
      const { data: issues } = await people(made, "alice").rest.issues.listForRepo(shop);
      expect(issues[0]?.body).toContain("Nothing is decided while the clock of Remit's machine is wrong");
      const { data: comments } = await people(made, "alice").rest.issues.listComments({
        ...shop,
        issue_number: issues[0]?.number ?? 0,
      });
      expect(comments[0]?.body).toContain(`is 3 h ${off > 0 ? "ahead of" : "behind"} GitHub's`);
      expect(comments[0]?.body).toContain("NTP");
      aheadMs = 0;
      await play(made);
      expect(await left(made)).toMatchObject({ pulls: [{ merged: true }], issues: [{ state: "closed" }], ours: 1 });
      const [record] = await made.store.incidents.list(1);
      expect(record?.response.escalated).toBeUndefined();
      expect(record?.response.timeline.filter(({ event }) => event === "called")).toHaveLength(1);
    },
    60_000,
  );
});
