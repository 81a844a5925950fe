import { authorityPath } from "../shop.ts";
import type { SimulatedGitHub } from "../simulated-github.ts";

/** The policy at a revision, read without Remit's parser; undefined where it is missing or broken. */
export interface PolicyAt {
  readonly text: string;
  readonly tier: string;
  readonly cooldownMs: number;
  readonly perTarget: number;
}

export function policyAt(github: SimulatedGitHub, revision: string): PolicyAt | undefined {
  const text = github.text(revision, authorityPath);
  const [, tier] = /^ {6}tier: (\w+)$/m.exec(text ?? "") ?? [];
  const [, count, minutes] = /perTarget: (\d+)\/24h, cooldown: (\d+)m/.exec(text ?? "") ?? [];
  if (text === undefined || tier === undefined) return undefined;
  return { text, tier, cooldownMs: Number(minutes) * 60_000, perTarget: Number(count) };
}
