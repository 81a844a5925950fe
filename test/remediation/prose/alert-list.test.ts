import { expect, test } from "vitest";
import { alertLine } from "../../../src/remediation/prose/alert-list.ts";
import { alert, incident, resolvedAlert, t0 } from "../../support/situation.ts";

const kinds = [
  { source: "prometheus", alertname: "DataLoss", count: 2 },
  { source: "grafana", alertname: undefined, count: 1 },
];
const unlisted = { firing: { a1b2c3d4e5f6: t0, b1b2c3d4e5f6: t0, c1b2c3d4e5f6: t0 }, lastFiringAt: t0, kinds };
const older = { firing: { a1b2c3d4e5f6: t0 }, lastFiringAt: t0 };

test.each([
  ["those that fire", { alerts: [alert(), resolvedAlert(t0)] }, "1 of 2 alerts firing: `HighErrorRate`"],
  ["those that resolved", { alerts: [resolvedAlert(t0)] }, "1 alert, all resolved: `HighErrorRate`"],
  ["those beyond the list, too", { alerts: [alert()], unlisted }, "4 of 4 alerts firing: `HighErrorRate`, `DataLoss`"],
  ["none of those that resolved", { alerts: [resolvedAlert(t0)], unlisted }, "3 of 4 alerts firing: `DataLoss`"],
  ["nobody where no name was kept", { alerts: [], unlisted: older }, "1 of 1 alert firing"],
  ["nobody where nothing ever fired", { alerts: [] }, "no alerts"],
])("names %s", (_, change, line) => {
  expect(alertLine(incident(change))).toBe(line);
});
