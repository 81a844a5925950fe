/** Pieces of hostile diffs. */
import type { Tier } from "../../../src/authority/verdict.ts";
import type { ReasonCode } from "../../../src/reason.ts";
import { baseFiles, type Edit, overlay, production } from "./gate-world.ts";

export const before = baseFiles[production] ?? "";
export const released = overlay("production", "v1.4.2");
export const ledger = "apps/ledger/production/ledger.yaml";
export const cart = "apps/cart/production/values.yaml";
export const text = (path: string) => baseFiles[path] ?? "";
export const replaced = (path: string, from: string, to: string): Edit => {
  if (!text(path).includes(from)) throw new Error(`${path} doesn't hold ${from}`);
  return { [path]: text(path).replace(from, to) };
};
export const link = (content: string) => ({ mode: "120000", content });
export const commit = { mode: "160000", content: "1234567890123456789012345678901234567890" };
export const many = (count: number, prefix: string): Edit =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`${prefix}/${index}.yaml`, `value: ${index}\n`]));

export type Case = readonly [what: string, edit: Edit, tier: Tier, code: ReasonCode];
