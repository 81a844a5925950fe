/** A policy of one grant, for tests of what stands in it. */
import { expect } from "vitest";
import type { Authority } from "../../src/authority/authority.ts";
import { parseAuthority } from "../../src/authority/parse-authority.ts";
import type { PolicyMistake } from "../../src/authority/policy-mistake.ts";

/** `grant`: further keys of the grant as flow YAML, from line 10 on. */
const textOf = (grant: string) => `apiVersion: remit.dev/v1alpha1
kind: Authority
metadata: {name: payments}
spec:
  version: 14
  grants:
    - {
      name: checkout-rollback,
      tier: delay,
      ${grant}
      }
`;

export function grantOf(text: string): Authority["grants"][number] {
  const { authority, mistakes } = parseAuthority(textOf(text), "authority.yaml");
  expect(mistakes).toEqual([]);
  const [grant] = authority?.grants ?? [];
  if (grant === undefined) throw new Error("the policy has no grant");
  return grant;
}

/** What is wrong with it; it is refused for certain. */
export function mistakesOf(text: string): readonly PolicyMistake[] {
  const { authority, mistakes } = parseAuthority(textOf(text), "authority.yaml");
  expect(authority).toBeUndefined();
  return mistakes;
}
