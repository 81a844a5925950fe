/** Every shape that a well-formed runbook may have, as plain data. */
import fc from "fast-check";
import { conditions, duration, name } from "../any-authority.ts";

const optional = { requiredKeys: [] };
const alert = fc.constantFrom("HighErrorRate", "KubePodCrashLooping", "TargetDown");

const people = fc.uniqueArray(fc.constantFrom("acme/payments-oncall", "alice", "acme/team_2"), { minLength: 1 });

export const anyRunbook = fc.record({
  apiVersion: fc.constant("remit.dev/v1alpha1"),
  kind: fc.constant("Runbook"),
  metadata: fc.record({ name }),
  spec: fc.record(
    {
      on: fc
        .record(
          {
            alerts: fc.oneof(fc.constant(["*"]), fc.uniqueArray(alert, { minLength: 1 })),
            deploymentStatus: fc.constantFrom(["failure"], ["failure", "error"]),
          },
          optional,
        )
        .filter((on) => Object.keys(on).length > 0),
      class: fc.constantFrom("safe", "semi-safe", "human-only"),
      when: conditions,
      evidence: fc.record(
        {
          sources: fc.integer({ min: 1, max: 10 }),
          confidence: fc.integer({ min: 90, max: 100 }).map((percent) => `${percent}%`),
          maxAge: duration,
        },
        optional,
      ),
      steps: fc
        .tuple(
          fc.record(
            { action: fc.constant("rollback"), pin: fc.constantFrom("60s", "1m", "24h", "7d") },
            { requiredKeys: ["action"] },
          ),
          fc.uniqueArray(fc.constantFrom("flag", "scale", "restart"), { maxLength: 2 }),
        )
        .map(([rollback, others]) => [rollback, ...others.map((action) => ({ action }))]),
      verify: fc.record(
        {
          within: fc.constantFrom("15m", "1m", "60s", "7d"),
          recovered: fc.record({ consecutive: fc.integer({ min: 1, max: 20 }) }),
        },
        optional,
      ),
      escalate: fc.record(
        {
          to: people,
          again: fc.record(
            { after: fc.constantFrom("30m", "1m", "7d"), times: fc.integer({ min: 1, max: 5 }), to: people },
            { requiredKeys: ["after"] },
          ),
        },
        { requiredKeys: ["to"] },
      ),
    },
    { requiredKeys: ["on", "steps"] },
  ),
});
