import fc from "fast-check";
import { expect, test } from "vitest";
import { incidentSeverity } from "../../src/incidents/incident-severity.ts";
import { mostSevere } from "../../src/incidents/most-severe.ts";
import { severities } from "../../src/incidents/severity.ts";
import { severityOf } from "../../src/incidents/severity-of.ts";
import { alert, incident, resolvedAlert } from "../support/situation.ts";

test.each([
  [{ severity: "critical" }, "critical"],
  [{ severity: "PAGE" }, "critical"],
  [{ priority: "P1" }, "critical"],
  [{ severity: "warning" }, "warning"],
  [{ severity: "none" }, "info"],
  [{ severity: "critical; run this" }, "warning"],
  [{}, "warning"],
] as const)("%j is %s", (labels, severity) => {
  expect(severityOf(labels)).toBe(severity);
});

test("any text is one of three classes", () => {
  fc.assert(
    fc.property(fc.dictionary(fc.constantFrom("severity", "priority", "other"), fc.string()), (labels) => {
      expect(severities).toContain(severityOf(labels));
    }),
  );
});

test("the most severe of several alerts counts, as long as it fires", () => {
  expect(mostSevere([{ severity: "info" }, { severity: "critical" }, {}])).toBe("critical");
  expect(mostSevere([])).toBe("info");
  const page = { severity: "page" };
  const over = { ...resolvedAlert(1), labels: page };
  expect(incidentSeverity(incident({ alerts: [over, alert({ fingerprint: "b", labels: {} })] }))).toBe("warning");
  expect(incidentSeverity(incident({ alerts: [alert({ labels: page })] }))).toBe("critical");
});

test("how severe those are that aren't listed nobody knows, and it matters when nothing else fires", () => {
  const unlisted = { firing: { a1b2c3d4e5f6: 1 }, lastFiringAt: 1 };
  const minor = alert({ labels: { severity: "info" } });
  expect(incidentSeverity(incident({ alerts: [resolvedAlert(1)], unlisted }))).toBe("warning");
  expect(incidentSeverity(incident({ alerts: [resolvedAlert(1)] }))).toBe("info");
  expect(incidentSeverity(incident({ alerts: [minor], unlisted }))).toBe("info");
});
