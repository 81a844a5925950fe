import { expect, it } from "vitest";
import { handoff } from "../../../src/remediation/prose/handoff.ts";
import { incident, remediation, response, verdict } from "../../support/situation.ts";

function handedOff(escalateTo: readonly string[]): string {
  const runbook = { name: "a", verify: { withinMs: undefined, consecutive: undefined }, escalateTo };
  const remediations = [remediation({ verdict: verdict("propose", { runbook }) })];
  return handoff({ incident: incident(), response: response({ remediations }), reasons: [] });
}

it("a handoff mentions the people and teams of the runbook, and nobody else", () => {
  expect(handedOff(["acme/payments", "alice"])).toContain("**Called.** @acme/payments @alice");
  expect(handedOff(["acme/payments", "alice"]).match(/@[\w/-]+/g)).toEqual(["@acme/payments", "@alice"]);
  expect(handedOff([])).not.toContain("@");
  expect(handoff({ incident: incident(), response: response(), reasons: [] })).not.toContain("@");
});
