import { authorityPath, type FreezeWindow, type Policy, type Service, services } from "../shop.ts";
import type { SimulatedGitHub } from "../simulated-github.ts";

/** The policy at a revision, read without Remit's parser; undefined where it is missing or broken. */
export interface PolicyAt extends Omit<Policy, "cooldown" | "tier" | "mode" | "permission"> {
  readonly text: string;
  readonly tier: string;
  readonly mode: string;
  readonly permission: "write" | "admin";
  readonly cooldownMs: number;
}

export function policyAt(github: SimulatedGitHub, revision: string): PolicyAt | undefined {
  const text = github.text(revision, authorityPath);
  const word = (name: string) => new RegExp(`\\b${name}: (\\w+)`).exec(text ?? "")?.[1] ?? "";
  const tier = /^ {6}tier: (\w+)$/m.exec(text ?? "")?.[1];
  if (text === undefined || tier === undefined) return undefined;
  return {
    text,
    tier,
    version: Number(word("version")),
    mode: word("mode"),
    cooldownMs: Number.parseInt(word("cooldown"), 10) * 60_000,
    perTarget: Number(word("perTarget")),
    perService: Number(word("perService")),
    perRepository: Number(word("perRepository")),
    approvals: Number(word("approvals")),
    permission: word("permission") === "admin" ? "admin" : "write",
    freeze: [...text.matchAll(windowLine)].map(windowOf),
  };
}

const windowLine =
  /\{kind: (deny|allow), schedule: "(\d+) (\d+) \* \* \*", duration: (\d+)m(?:, services: \[(\w+)\])?\}/g;

function windowOf([, kind, minute, hour, minutes, name]: RegExpExecArray): FreezeWindow {
  const service: Service | undefined = services.find((known) => known === name);
  const times = { hour: Number(hour), minute: Number(minute), minutes: Number(minutes) };
  return { kind: kind === "allow" ? "allow" : "deny", ...times, ...(service === undefined ? {} : { service }) };
}

const minute = 60_000;
const day = 24 * 60 * minute;

/** A deny window is open, or allow windows select the service and none of them is. */
export function isFrozen({ freeze }: PolicyAt, service: string, at: number): boolean {
  const mine = freeze.filter((window) => window.service === undefined || window.service === service);
  const isOpen = ({ hour, minute: from, minutes }: FreezeWindow) => {
    const opened = (at - (hour * 60 + from) * minute) % day;
    return opened < minutes * minute;
  };
  if (mine.some((window) => window.kind === "deny" && isOpen(window))) return true;
  const allowing = mine.filter(({ kind }) => kind === "allow");
  return allowing.length > 0 && !allowing.some(isOpen);
}
