import { isSeq, type Node } from "yaml";
import { type Limits, renderingModes } from "./authority.ts";
import { attemptsPerIncident, defaultLimits } from "./defaults.ts";
import { parseDuration } from "./duration.ts";
import type { PolicyReader } from "./policy-reader.ts";
import { parseRate, type Rate } from "./rate.ts";

const rates = ["perTarget", "perService", "perRepository", "perInstallation"] as const;
const counts = { attempts: attemptsPerIncident, files: 100, lines: 1000, targets: 10 } as const;
const steps = ["replicas", "resources"] as const;
const keys = { required: [], optional: ["cooldown", ...rates, ...Object.keys(counts), ...steps, "rendering"] };
const percent = "a share from 1% to 900%";
const duration = "a duration of at most 7 days, such as 30m";

/** What isn't written has its default. What counts the whole installation can only be made stricter than it. */
export function readLimits(reader: PolicyReader, node: Node | undefined): Limits {
  if (node === undefined) return defaultLimits;
  const limits = reader.mapping(node, "limits", keys);
  const cooldown = limits?.get("cooldown");
  const rendering = limits?.get("rendering");
  const rate = (key: (typeof rates)[number]) => {
    const value = limits?.get(key);
    return value === undefined ? defaultLimits[key] : readRates(reader, value, key);
  };
  const count = (key: keyof typeof counts) => {
    const value = limits?.get(key);
    return (value && reader.integer(value, key, 1, counts[key])) ?? defaultLimits[key];
  };
  const step = (key: (typeof steps)[number]) => {
    const value = limits?.get(key);
    return (value && reader.parsed(value, key, parsePercent, percent)) ?? defaultLimits[key];
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
    replicas: step("replicas"),
    resources: step("resources"),
    // What is wrong asks for more until the mistake refuses the file.
    rendering:
      rendering === undefined
        ? defaultLimits.rendering
        : (reader.word(rendering, "rendering", renderingModes) ?? "required"),
  };
}

/** The same pattern stands in the JSON Schema. */
function parsePercent(text: string): number | undefined {
  return /^(?:[1-9][0-9]?|[1-8][0-9][0-9]|900)%$/.test(text) ? Number.parseInt(text, 10) : undefined;
}

/** One rate, or several that all hold. */
function readRates(reader: PolicyReader, node: Node, name: string): readonly Rate[] {
  const items = isSeq(node) ? (reader.list(node, name, 1) ?? []) : [node];
  return items.flatMap((item) => reader.parsed(item, name, parseRate, "a rate such as 2/24h") ?? []);
}
