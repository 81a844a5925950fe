import { isSeq, type Node } from "yaml";
import type { Limits } from "./authority.ts";
import { attemptsPerIncident, defaultLimits } from "./defaults.ts";
import { parseDuration } from "./duration.ts";
import type { PolicyReader } from "./policy-reader.ts";
import { parseRate, type Rate } from "./rate.ts";

const rates = ["perTarget", "perService", "perRepository", "perInstallation"] as const;
const counts = { attempts: attemptsPerIncident, files: 100, lines: 1000, targets: 10 } as const;
const keys = { required: [], optional: ["cooldown", ...rates, ...Object.keys(counts)] };
const duration = "a duration of at most 7 days, such as 30m";

/** What isn't written has its default. What counts the whole installation can only be made stricter than it. */
export function readLimits(reader: PolicyReader, node: Node | undefined): Limits {
  if (node === undefined) return defaultLimits;
  const limits = reader.mapping(node, "limits", keys);
  const cooldown = limits?.get("cooldown");
  const rate = (key: (typeof rates)[number]) => {
    const value = limits?.get(key);
    return value === undefined ? defaultLimits[key] : readRates(reader, value, key);
  };
  const count = (key: keyof typeof counts) => {
    const value = limits?.get(key);
    return (value && reader.integer(value, key, 1, counts[key])) ?? defaultLimits[key];
  };
  return {
    cooldownMs: (cooldown && reader.parsed(cooldown, "cooldown", parseDuration, duration)) ?? defaultLimits.cooldownMs,
    perTarget: rate("perTarget"),
    perService: rate("perService"),
    perRepository: rate("perRepository"),
    perInstallation: [
      ...defaultLimits.perInstallation,
      ...(limits?.has("perInstallation") ? rate("perInstallation") : []),
    ],
    attempts: count("attempts"),
    files: count("files"),
    lines: count("lines"),
    targets: count("targets"),
  };
}

/** One rate, or several that all hold. */
function readRates(reader: PolicyReader, node: Node, name: string): readonly Rate[] {
  const items = isSeq(node) ? (reader.list(node, name, 1) ?? []) : [node];
  return items.flatMap((item) => reader.parsed(item, name, parseRate, "a rate such as 2/24h") ?? []);
}
