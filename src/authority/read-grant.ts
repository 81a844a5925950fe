import type { Node } from "yaml";
import { type Grant, modes } from "./authority.ts";
import { readConditions } from "./conditions/read-conditions.ts";
import { defaultRequires, defaultVetoWindowMs } from "./defaults.ts";
import { parseAMinuteOrMore, parseDuration } from "./duration.ts";
import type { PolicyReader } from "./policy-reader.ts";
import { readLimits } from "./read-limits.ts";
import { readMatch } from "./read-match.ts";
import { readName } from "./read-name.ts";
import { type Tier, tiers } from "./verdict.ts";

const permissions = ["write", "maintain", "admin"] as const;
const keys = {
  required: ["name", "match", "tier"],
  optional: ["mode", "vetoWindow", "limits", "requires", "when"],
};

/** Every mistake is noted with the reader. A grant with any mistake grants nothing, since the whole file is refused. */
export function readGrant(reader: PolicyReader, node: Node): Grant {
  const grant = reader.mapping(node, "a grant", keys);
  const tier = grant?.get("tier");
  const mode = grant?.get("mode");
  const veto = grant?.get("vetoWindow");
  const requires = grant?.get("requires");
  const when = grant?.get("when");
  const duration = "a duration of at most 7 days, such as 30m";
  // Where a value is missing or wrong, the strictest stands in for it until the mistake refuses the file.
  return {
    name: readName(reader, grant?.get("name")),
    match: readMatch(reader, grant?.get("match")),
    tier: (tier && reader.word<Tier>(tier, "tier", tiers)) ?? "observe",
    mode: mode === undefined ? "enforce" : (reader.word(mode, "mode", modes) ?? "audit"),
    vetoWindowMs: (veto && reader.parsed(veto, "vetoWindow", parseDuration, duration)) ?? defaultVetoWindowMs,
    limits: readLimits(reader, grant?.get("limits")),
    requires: requires === undefined ? defaultRequires : readRequires(reader, requires),
    when: when === undefined ? [] : readConditions(reader, when),
  };
}

function readRequires(reader: PolicyReader, node: Node): Grant["requires"] {
  const requires = reader.mapping(node, "requires", { required: [], optional: ["approvals", "permission", "maxAge"] });
  const approvals = requires?.get("approvals");
  const permission = requires?.get("permission");
  const maxAge = requires?.get("maxAge");
  return {
    approvals: (approvals && reader.integer(approvals, "approvals", 1, 10)) ?? defaultRequires.approvals,
    permission: (permission && reader.word(permission, "permission", permissions)) ?? defaultRequires.permission,
    maxAgeMs:
      (maxAge && reader.parsed(maxAge, "maxAge", parseAMinuteOrMore, "a duration from 1m to 7 days, such as 30m")) ??
      defaultRequires.maxAgeMs,
  };
}
