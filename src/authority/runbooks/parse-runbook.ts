/** Reads one file of `.github/remit/runbooks/`. One mistake refuses it, and then every runbook: half a plan is none. */
import type { Node } from "yaml";
import { actionNames } from "../../actions/catalogue.ts";
import { readConditions } from "../conditions/read-conditions.ts";
import { evidenceMaxAgeMs, leastConfidence } from "../defaults.ts";
import { parseAMinuteOrMore, parseDuration } from "../duration.ts";
import { incidentClasses } from "../incident-class.ts";
import type { PolicyReader } from "../policy-reader.ts";
import { type ReadPolicy, readPolicy } from "../read-policy.ts";
import type { Runbook } from "./runbook.ts";

const duration = "a duration of at most 7 days, such as 15m";
const person = /^[A-Za-z0-9](?:[A-Za-z0-9-]{0,38})(?:\/[A-Za-z0-9._-]{1,100})?$/;

/** `file`: its path, for the mistakes. Unknown keys, and actions that don't exist, are mistakes. */
export function parseRunbook(text: string, file: string): ReadPolicy<Runbook> {
  return readPolicy(text, { file, kind: "Runbook" }, readSpec);
}

function readSpec(reader: PolicyReader, name: string, node: Node | undefined): Runbook {
  const keys = { required: ["on", "steps"], optional: ["class", "when", "evidence", "verify", "escalate"] };
  const spec = node && reader.mapping(node, "spec", keys);
  const on = spec?.get("on");
  const steps = spec?.get("steps");
  const written = spec?.get("class");
  const when = spec?.get("when");
  return {
    name,
    on: readTrigger(reader, on),
    class: written === undefined ? "safe" : (reader.word(written, "class", incidentClasses) ?? "human-only"),
    when: when === undefined ? [] : readConditions(reader, when),
    evidence: readEvidence(reader, spec?.get("evidence")),
    steps: steps === undefined ? [] : readSteps(reader, steps),
    verify: readVerify(reader, spec?.get("verify")),
    escalate: readEscalate(reader, spec?.get("escalate")),
  };
}

function readTrigger(reader: PolicyReader, node: Node | undefined): Runbook["on"] {
  const on = node && reader.mapping(node, "on", { required: [], optional: ["alerts", "deploymentStatus"] });
  if (on?.size === 0) {
    reader.mistake(node, "on names nothing that starts the runbook", "alerts, deploymentStatus, or both");
  }
  const alerts = on?.get("alerts");
  const states = on?.get("deploymentStatus");
  const names = ((alerts && reader.list(alerts, "alerts", 1)) ?? []).flatMap(
    (item) => reader.text(item, "alerts", /^(?:\*|[^*\s]+)$/, "an alert's exact name, or * alone for any") ?? [],
  );
  if (names.includes("*") && names.length > 1) {
    reader.mistake(alerts, "alerts names * beside others", "either * alone, or names");
  }
  return {
    alerts: names,
    deploymentStatus: ((states && reader.list(states, "deploymentStatus", 1)) ?? []).flatMap(
      (item) => reader.word(item, "deploymentStatus", ["failure", "error"] as const) ?? [],
    ),
  };
}

function readEvidence(reader: PolicyReader, node: Node | undefined): Runbook["evidence"] {
  const keys = { required: [], optional: ["sources", "confidence", "maxAge"] };
  const evidence = node && reader.mapping(node, "evidence", keys);
  const sources = evidence?.get("sources");
  const confidence = evidence?.get("confidence");
  const maxAge = evidence?.get("maxAge");
  return {
    sources: (sources && reader.integer(sources, "sources", 1, 10)) ?? 1,
    // What is granted is never less sure, or older, than Remit asks of itself.
    confidence:
      (confidence &&
        reader.parsed(confidence, "confidence", parsePercent, 'a whole percentage from 90 %, such as "95%"')) ??
      leastConfidence * 100,
    maxAgeMs: Math.min(
      evidenceMaxAgeMs,
      (maxAge && reader.parsed(maxAge, "maxAge", parseDuration, duration)) ?? evidenceMaxAgeMs,
    ),
  };
}

/** The same text stands in the JSON Schema. */
export const percentPattern = "(?:9[0-9]|100)%";

function parsePercent(text: string): number | undefined {
  return new RegExp(`^${percentPattern}$`).test(text) ? Number(text.slice(0, -1)) : undefined;
}

function readSteps(reader: PolicyReader, node: Node): Runbook["steps"] {
  const steps = (reader.list(node, "steps", 1) ?? []).flatMap((item) => {
    const step = reader.mapping(item, "a step", { required: ["action"], optional: ["pin"] });
    const [action, pin] = [step?.get("action"), step?.get("pin")];
    const known = action && reader.word(action, "action", actionNames);
    if (pin && known !== undefined && known !== "rollback")
      reader.mistake(pin, `${known} pins nothing`, "pin with action rollback only");
    const pinMs = pin && reader.parsed(pin, "pin", parseAMinuteOrMore, "a duration from 1m to 7 days, such as 24h");
    return known === undefined ? [] : [{ action: known, pinMs }];
  });
  if (new Set(steps.map(({ action }) => action)).size < steps.length) {
    reader.mistake(node, "steps name an action twice", "each action once, in order of preference");
  }
  return steps;
}

function readVerify(reader: PolicyReader, node: Node | undefined): Runbook["verify"] {
  const verify = node && reader.mapping(node, "verify", { required: [], optional: ["within", "recovered"] });
  const within = verify?.get("within");
  const recovered = verify?.get("recovered");
  const streak =
    recovered &&
    reader.mapping(recovered, "recovered", { required: ["consecutive"], optional: [] })?.get("consecutive");
  return {
    withinMs:
      within && reader.parsed(within, "within", parseAMinuteOrMore, "a duration from 1m to 7 days, such as 15m"),
    consecutive: streak && reader.integer(streak, "consecutive", 1, 20),
  };
}

function readEscalate(reader: PolicyReader, node: Node | undefined): Runbook["escalate"] {
  const escalate = node && reader.mapping(node, "escalate", { required: ["to"], optional: ["again"] });
  const to = readPeople(reader, escalate?.get("to"));
  const again = readAgain(reader, escalate?.get("again"), to);
  return again === undefined ? { to } : { to, again };
}

function readAgain(
  reader: PolicyReader,
  node: Node | undefined,
  first: readonly string[],
): Runbook["escalate"]["again"] {
  const again = node && reader.mapping(node, "again", { required: ["after"], optional: ["times", "to"] });
  const [after, times, to] = [again?.get("after"), again?.get("times"), again?.get("to")];
  const afterMs =
    after && reader.parsed(after, "after", parseAMinuteOrMore, "a duration from 1m to 7 days, such as 30m");
  if (afterMs === undefined) return undefined;
  return {
    afterMs,
    times: (times && reader.integer(times, "times", 1, 5)) ?? 1,
    to: to === undefined ? first : readPeople(reader, to),
  };
}

function readPeople(reader: PolicyReader, node: Node | undefined): readonly string[] {
  return ((node && reader.list(node, "to", 1)) ?? []).flatMap(
    (item) => reader.text(item, "to", person, "a login or organization/team, without @") ?? [],
  );
}
