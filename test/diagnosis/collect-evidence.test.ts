import { expect, test } from "vitest";
import { collectEvidence } from "../../src/diagnosis/collect-evidence.ts";
import { alert, incident, minute, t0 } from "../support/situation.ts";

test("alerts beyond those that an incident lists speak for it, too", () => {
  const crowded = incident({
    alerts: [alert()],
    unlisted: { firing: { aaaaaaaaaaaa: t0, bbbbbbbbbbbb: t0 }, lastFiringAt: t0 },
  });
  const told = { suspects: [], health: [], troubleAt: t0, now: t0 + 5 * minute };
  expect(collectEvidence({ incident: crowded, ...told })).toEqual([
    { kind: "alert", at: t0, message: "3 alerts fire, for 5 minutes by now" },
  ]);
});
