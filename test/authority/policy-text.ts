/** Policies for tests of what stands in them. */
import { expect } from "vitest";
import type { Authority } from "../../src/authority/authority.ts";
import { parseAuthority } from "../../src/authority/parse-authority.ts";
import type { PolicyMistake } from "../../src/authority/policy-mistake.ts";

/** `spec`: what follows the version, indented by two, from line 6 on. */
export function parsePolicy(spec: string) {
  const head = "apiVersion: remit.dev/v1alpha1\nkind: Authority\nmetadata: {name: payments}\nspec:\n  version: 14\n";
  return parseAuthority(`${head}${spec}\n`, "authority.yaml");
}

/** `grant`: further keys of the grant as flow YAML, from line 10 on. */
function parseGrant(grant: string) {
  return parsePolicy(`  grants:
    - {
      name: checkout-rollback,
      tier: delay,
      ${grant}
      }`);
}

export function grantOf(text: string): Authority["grants"][number] {
  const { authority, mistakes } = parseGrant(text);
  expect(mistakes).toEqual([]);
  const [grant] = authority?.grants ?? [];
  if (grant === undefined) throw new Error("the policy has no grant");
  return grant;
}

/** What is wrong with it; it is refused for certain. */
export function mistakesOf(text: string): readonly PolicyMistake[] {
  const { authority, mistakes } = parseGrant(text);
  expect(authority).toBeUndefined();
  return mistakes;
}
