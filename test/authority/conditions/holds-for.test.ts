import { expect, test } from "vitest";
import { conditionHolds } from "../../../src/authority/conditions/condition-holds.ts";
import { decide } from "../../../src/authority/decide.ts";
import { parseAuthority } from "../../../src/authority/parse-authority.ts";
import { decideInput } from "../decision.ts";

const text = `apiVersion: remit.dev/v1alpha1
kind: Authority
metadata: {name: shop}
spec:
  version: 1
  grants:
    - name: alone
      match: {actions: [rollback]}
      tier: merge
      mode: enforce
      when:
        - {expression: incident.correlatedServices < 2, message: nothing else is sick}
`;

function tierWith(storm: Parameters<typeof decideInput>[0]): string {
  const { authority } = parseAuthority(text, "authority.yaml");
  if (authority === undefined) throw new Error("the policy can't be read");
  const present = { kind: "present", authority, digest: "d", revision: "b".repeat(40) } as const;
  const { operands } = decide(decideInput({ ...storm, authority: present }));
  return operands.find(({ name }) => name === "when")?.tier ?? "none";
}

test("a value that isn't known isn't there, and what asks for it fails", () => {
  const holds = (expression: string, lastChangeAge: bigint | undefined) =>
    conditionHolds({ expression, message: "" }, { incident: { lastChangeAge } });
  expect(holds("!has(incident.lastChangeAge)", undefined)).toBe(true);
  expect(holds("!has(incident.lastChangeAge)", 5n)).toBe(false);
  expect(holds("incident.lastChangeAge <= 10", 5n)).toBe(true);
  expect(holds("incident.lastChangeAge <= 10", undefined)).toBe(false);
});

test("a condition on how much is sick sees what was counted, and fails where nothing could be", () => {
  const storm = (sickServices: number) => ({ storm: { sickServices, knownServices: 500, changesUnderWay: 0 } });
  expect(tierWith(storm(1))).toBe("merge");
  expect(tierWith(storm(2))).toBe("suggest");
  expect(tierWith({ storm: "unreadable" })).toBe("suggest");
});
