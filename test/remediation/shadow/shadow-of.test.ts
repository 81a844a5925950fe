import fc from "fast-check";
import { expect, it } from "vitest";
import type { FileChange } from "../../../src/actions/candidate.ts";
import { leaseAlert } from "../../../src/incidents/lease-alert.ts";
import type { Plan } from "../../../src/remediation/response.ts";
import { filesOf, shadowOf } from "../../../src/remediation/shadow/shadow-of.ts";
import { alert, base, candidate, incident, planned, t0 } from "../../support/situation.ts";

function planOf(files: readonly FileChange[]): Plan {
  const made = planned("suggest");
  return { ...made, outcome: { ...made.outcome, candidate: candidate({ files }) } };
}

it("a change that may not be made is kept with what it was planned from, and only then", () => {
  for (const tier of ["observe", "suggest"] as const) {
    expect(shadowOf(incident(), planned(tier))).toMatchObject({
      incident: incident().id,
      action: "rollback",
      runbook: "built-in",
      tier,
      base,
      plannedAt: t0 + 60_000,
      files: [
        { path: "apps/checkout/kustomization.yaml", edits: [{ line: 0, removed: 1, added: "newTag: v1.4.2\n" }] },
      ],
    });
  }
  for (const tier of ["propose", "delay", "merge"] as const)
    expect(shadowOf(incident(), planned(tier))).toBeUndefined();
  const abstained: Plan = { at: t0, base, suspects: [], outcome: { kind: "abstain", reasons: [] } };
  expect(shadowOf(incident(), abstained)).toBeUndefined();
});

it("the end of a lease is no answer of Remit's to an incident", () => {
  const made = planned("observe");
  expect(shadowOf(incident(), { ...made, outcome: { ...made.outcome, takesBack: true } })).toBeUndefined();
  const { repository, target } = incident();
  const told = { repository, target, commit: base, startsAt: t0, expiresAt: t0, over: false, observedAt: t0 };
  const { source, labels } = leaseAlert(told);
  expect(shadowOf(incident({ alerts: [alert({ source, labels })] }), made)).toBeUndefined();
});

it("the whole texts come back to the byte from what is kept and the texts that stood there", () => {
  const line = fc.constantFrom("a: 1\n", "b: 2\r\n", "c: ü\n", "end");
  const text = fc.option(
    fc.array(line, { minLength: 1, maxLength: 8 }).map((lines) => lines.join("")),
    { nil: undefined },
  );
  fc.assert(
    fc.property(text, text, text, text, (...[first, second, third, fourth]) => {
      const files = [
        { path: "a.yaml", before: first, after: second },
        { path: "b.yaml", before: third, after: fourth },
      ];
      const shadow = shadowOf(incident(), planOf(files));
      const texts = files.flatMap(({ path, before }) => (before === undefined ? [] : [[path, before] as const]));
      expect(shadow && filesOf(shadow, new Map(texts))).toEqual(files);
    }),
  );
});

it("one line of a file of a megabyte is kept as that line; what is too long to keep isn't kept", () => {
  const long = "key: value\n".repeat(90_000);
  const kept = shadowOf(incident(), planOf([{ path: "a.yaml", before: long, after: `${long}last: 1\n` }]));
  expect(JSON.stringify(kept).length).toBeLessThan(1_000);
  expect(shadowOf(incident(), planOf([{ path: "a.yaml", before: undefined, after: long }]))).toBeUndefined();
});
