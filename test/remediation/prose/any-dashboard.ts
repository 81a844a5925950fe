/** A dashboard that shows everything that it can, with others' words wherever there may be some. */
import type { Reason } from "../../../src/reason.ts";
import type { Dashboard } from "../../../src/remediation/dashboard/dashboard.ts";
import type { Agreement } from "../../../src/remediation/shadow/agreement.ts";
import type { IncidentRecord } from "../../../src/store/store.ts";
import { minute, t0 } from "../../support/situation.ts";

export function dashboard(incidents: readonly IncidentRecord[], words: readonly Pick<Reason, "message">[]): Dashboard {
  const texts = words.map(({ message }) => message);
  const [text = ""] = texts;
  const record = { at: t0, incident: text, tier: "merge", candidate: "c", action: text, target: text };
  const lease = { expiresAt: t0 + 60 * minute, holder: text, why: text, paths: undefined };
  return {
    repository: "acme/shop",
    incidents,
    held: new Set(incidents.map(({ incident }) => incident.id)),
    authority: {
      kind: "invalid",
      revision: "a".repeat(40),
      mistakes: texts.map((message) => ({
        file: message,
        line: 1,
        column: 2,
        message,
        expected: message,
        nearest: message,
      })),
    },
    runbooks: { kind: "present", runbooks: [] },
    windows: [{ until: t0, reason: text, environments: texts, services: texts }],
    leases: [
      {
        record: { ...record, commit: "b".repeat(40), lease },
        target: undefined,
        paths: [],
        expired: true,
        end: undefined,
      },
    ],
    agreement: texts.map((message) => agreement({ runbook: message, action: message })),
    stop: { file: true, issue: 3, environment: true },
    said: undefined,
  };
}

export function agreement(change: Partial<Agreement>): Agreement {
  return {
    runbook: "built-in",
    action: "rollback",
    compared: 6,
    outcomes: { same: 2, "same-and-more": 1, partly: 1, other: 1, none: 1 },
    lead: { medianMs: 7 * minute, cases: 3 },
    ...change,
  };
}
