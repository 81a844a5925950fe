/** How people change what Remit may do. */
import type { ActKind } from "./acts.ts";
import { type FreezeWindow, freezeWindow, type Policy, type Service } from "./shop.ts";

/** undefined: there is nothing to change. */
type Change = (policy: Policy, now: number, service: Service) => Partial<Policy> | undefined;

const minute = 60_000;

export const policyActs: ReadonlyMap<ActKind, Change> = new Map<ActKind, Change>([
  ["allows more", () => ({ tier: "merge" })],
  ["allows less", () => ({ tier: "propose" })],
  ["allows nothing", () => ({ tier: "suggest" })],
  ["lengthens the cooldown", ({ cooldown }) => ({ cooldown: cooldown + 60 })],
  ["tightens the limits", () => ({ perService: 1, perRepository: 1 })],
  ["freezes everything", (_policy, now) => freeze(now, { kind: "deny", minutes: 40 })],
  ["freezes everything soon", (_policy, now) => freeze(now + 2 * minute, { kind: "deny", minutes: 30 })],
  [
    "allows changes later only",
    (_policy, now, service) => freeze(now + 25 * minute, { kind: "allow", minutes: 20, service }),
  ],
  ["thaws everything", (policy) => (policy.freeze.length === 0 ? undefined : { freeze: [] })],
  ["asks for two approvals", () => ({ approvals: 2 })],
  ["asks for an admin's approval", () => ({ permission: "admin" })],
  ["only records", () => ({ mode: "audit" })],
  ["only proposes", () => ({ mode: "warn" })],
  ["puts the grant in force", () => ({ mode: "enforce" })],
]);

function freeze(at: number, window: Pick<FreezeWindow, "kind" | "minutes" | "service">): Partial<Policy> {
  return { freeze: [freezeWindow(at, window)] };
}
