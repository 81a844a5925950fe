/** A dashboard that shows everything that it can, with others' words wherever there may be some. */
import type { Reason } from "../../../src/reason.ts";
import type { Dashboard } from "../../../src/remediation/dashboard/dashboard.ts";
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
    stop: { file: true, issue: 3, environment: true },
    said: undefined,
  };
}
