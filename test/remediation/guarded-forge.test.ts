import { expect, it } from "vitest";
import type { Forge } from "../../src/remediation/forge.ts";
import { guardedForge } from "../../src/remediation/guarded-forge.ts";

const talk = ["answerComment", "commentOnMerged", "openStop", "closeStop"] as const;
const writes = [
  "propose",
  "reportGate",
  "merge",
  "handOver",
  "takeBackMerge",
  "writeIssue",
  "closePull",
  ...talk,
] as const;
const reads = ["read", "readThread", "permission", "ownMessage", "forgetIssue"] as const;

/** Every method that a forge has but for the counter: a new one must be sorted into reads and writes here. */
function recording(calls: string[]): Forge {
  const forge: Record<string, unknown> = { requests: 3 };
  for (const name of [...writes, ...reads]) forge[name] = async () => void calls.push(name);
  return forge as unknown as Forge;
}

it.each(writes)("%s asks for the lease first, and isn't done without it", async (name) => {
  const calls: string[] = [];
  const lease = { key: "incident", token: "1" };
  const write = (forge: Forge) => Reflect.apply(forge[name], forge, [{}, {}]);
  await write(guardedForge(recording(calls), { lease, renew: async () => void calls.push("renew") }));
  expect(calls).toEqual(["renew", name]);
  const lost = { lease, renew: () => Promise.reject(new Error("lost")) };
  await expect(write(guardedForge(recording(calls), lost))).rejects.toThrow("lost");
  expect(calls).toEqual(["renew", name]);
});

it.each(reads)("%s needs no lease", async (name) => {
  const calls: string[] = [];
  const hold = { lease: { key: "incident", token: "1" }, renew: () => Promise.reject(new Error("lost")) };
  const guarded = guardedForge(recording(calls), hold);
  await Reflect.apply(guarded[name], guarded, [{}]);
  expect(calls).toEqual([name]);
  expect(guarded.requests).toBe(3);
  expect(Object.keys(guarded).toSorted()).toEqual([...writes, ...reads, "requests"].toSorted());
});
