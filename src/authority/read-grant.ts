import type { Node } from "yaml";
import { actionNames } from "../actions/catalogue.ts";
import type { Grant } from "./authority.ts";
import { defaultLimits, defaultRequires, defaultVetoWindowMs } from "./defaults.ts";
import { parseDuration } from "./duration.ts";
import type { PolicyReader } from "./policy-reader.ts";
import { parseRate } from "./rate.ts";
import { type Tier, tiers } from "./verdict.ts";

/** Names of grants and policies; they appear in commits and comments. */
export const namePattern = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;
const selectorPattern = /^(?:\*|[^*\s]+)$/;
const permissions = ["write", "maintain", "admin"] as const;
const duration = "a duration of at most 7 days, such as 30m";

/** Every mistake is noted with the reader. A grant with any mistake grants nothing, since the whole file is refused. */
export function readGrant(reader: PolicyReader, node: Node): Grant {
  const keys = {
    required: ["name", "match", "tier"],
    optional: ["vetoWindow", "limits", "requires"],
    later: ["when", "mode"],
  };
  const grant = reader.mapping(node, "a grant", keys);
  const name = grant?.get("name");
  const match = grant?.get("match");
  const tier = grant?.get("tier");
  const veto = grant?.get("vetoWindow");
  const limits = grant?.get("limits");
  const requires = grant?.get("requires");
  // Where a value is missing or wrong, the strictest stands in for it until the mistake refuses the file.
  return {
    name: (name && reader.text(name, "name", namePattern, "lower-case letters, digits and dashes")) ?? "",
    match: readMatch(reader, match),
    tier: (tier && reader.word<Tier>(tier, "tier", tiers)) ?? "observe",
    vetoWindowMs: (veto && reader.parsed(veto, "vetoWindow", parseDuration, duration)) ?? defaultVetoWindowMs,
    limits: limits === undefined ? defaultLimits : readLimits(reader, limits),
    requires: requires === undefined ? defaultRequires : readRequires(reader, requires),
  };
}

function readMatch(reader: PolicyReader, node: Node | undefined): Grant["match"] {
  const names = ["environments", "services", "actions"] as const;
  const match = node && reader.mapping(node, "match", { required: [], optional: names });
  if (node !== undefined && match?.size === 0) {
    reader.mistake(node, "match selects nothing, and empty never means all", `at least one of ${names.join(", ")}`);
  }
  const selector = (key: (typeof names)[number]) => {
    const value = match?.get(key);
    return value === undefined ? ["*"] : readSelector(reader, value, key);
  };
  return { environments: selector("environments"), services: selector("services"), actions: selector("actions") };
}

function readSelector(reader: PolicyReader, node: Node, name: string): readonly string[] {
  const items = reader.list(node, name, 1) ?? [];
  const expected = name === "actions" ? [...actionNames, "*"] : undefined;
  const values = items.map((item) =>
    expected === undefined
      ? reader.text(item, name, selectorPattern, "an exact name, or * alone for any")
      : reader.word(item, name, expected),
  );
  const known = values.filter((value) => value !== undefined);
  if (known.includes("*") && known.length > 1)
    reader.mistake(node, `${name} names * beside others`, "either * alone, or names");
  else if (new Set(known).size < known.length) reader.mistake(node, `${name} names something twice`);
  return known;
}

function readLimits(reader: PolicyReader, node: Node): Grant["limits"] {
  const keys = {
    required: [],
    optional: ["cooldown", "perTarget", "files", "lines"],
    later: ["perService", "perRepository", "perInstallation"],
  };
  const limits = reader.mapping(node, "limits", keys);
  const cooldown = limits?.get("cooldown");
  const rate = limits?.get("perTarget");
  const files = limits?.get("files");
  const lines = limits?.get("lines");
  return {
    cooldownMs: (cooldown && reader.parsed(cooldown, "cooldown", parseDuration, duration)) ?? defaultLimits.cooldownMs,
    perTarget: (rate && reader.parsed(rate, "perTarget", parseRate, "a rate such as 2/24h")) ?? defaultLimits.perTarget,
    files: (files && reader.integer(files, "files", 1, 100)) ?? defaultLimits.files,
    lines: (lines && reader.integer(lines, "lines", 1, 1000)) ?? defaultLimits.lines,
  };
}

function readRequires(reader: PolicyReader, node: Node): Grant["requires"] {
  const requires = reader.mapping(node, "requires", { required: [], optional: ["approvals", "permission"] });
  const approvals = requires?.get("approvals");
  const permission = requires?.get("permission");
  return {
    approvals: (approvals && reader.integer(approvals, "approvals", 1, 10)) ?? defaultRequires.approvals,
    permission: (permission && reader.word(permission, "permission", permissions)) ?? defaultRequires.permission,
  };
}
