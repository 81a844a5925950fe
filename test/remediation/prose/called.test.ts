import { expect, it } from "vitest";
import { handoff } from "../../../src/remediation/prose/handoff.ts";
import { base, incident, remediation, response, t0, verdict } from "../../support/situation.ts";

function handedOff(escalateTo: readonly string[]): string {
  const runbook = { name: "a", verify: { withinMs: undefined, consecutive: undefined }, escalateTo };
  const remediations = [remediation({ verdict: verdict("propose", { runbook }) })];
  return handoff({ incident: incident(), response: response({ remediations }), reasons: [] });
}

function abstained(escalateTo: readonly string[]): string {
  const plan = { at: t0, base, suspects: [], outcome: { kind: "abstain" as const, reasons: [], escalateTo } };
  return handoff({ incident: incident(), response: response({ plan }), reasons: [] });
}

it("a handoff mentions the people and teams of the runbook, and nobody else", () => {
  expect(handedOff(["acme/payments", "alice"])).toContain("**Called.** @acme/payments @alice");
  expect(handedOff(["acme/payments", "alice"]).match(/@[\w/-]+/g)).toEqual(["@acme/payments", "@alice"]);
  expect(abstained(["acme/payments"]).match(/@[\w/-]+/g)).toEqual(["@acme/payments"]);
  expect(abstained([])).not.toContain("@");
  expect(handedOff([])).not.toContain("@");
  expect(handoff({ incident: incident(), response: response(), reasons: [] })).not.toContain("@");
});
