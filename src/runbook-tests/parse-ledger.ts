/** Reads the file that `given.ledger` names: what Remit did before, oldest first, so that limits and breakers can be tested. */
import type { Node } from "yaml";
import { actionNames } from "../actions/catalogue.ts";
import { PolicyReader } from "../authority/policy-reader.ts";
import type { Instant } from "../clock.ts";
import type { FixtureFile } from "./fixture-file.ts";
import { readMoment } from "./read-moment.ts";

export interface ToldRemediation {
  readonly at: Instant;
  readonly action: string;
  /** `checkout/production`. */
  readonly target: string;
  readonly incident: string;
  /** Names of the runbooks that it followed, joined by `+`. */
  readonly runbook: string;
}

const actions = [...actionNames, "undo"];

export function parseLedger(text: string, file: string): FixtureFile<readonly ToldRemediation[]> {
  const reader = new PolicyReader(file);
  const root = reader.open(text);
  const items = (root && reader.list(root, "the ledger", 1)) ?? [];
  const value = items.map((node, index) => readRemediation(reader, node, index));
  return { value: reader.mistakes.length === 0 ? value : undefined, mistakes: reader.mistakes };
}

function readRemediation(reader: PolicyReader, node: Node, index: number): ToldRemediation {
  const keys = { required: ["at", "action", "target"], optional: ["incident", "runbook"] };
  const told = reader.mapping(node, "a remediation", keys);
  const action = told?.get("action");
  const target = told?.get("target");
  const incident = told?.get("incident");
  const runbook = told?.get("runbook");
  return {
    at: readMoment(reader, told?.get("at")),
    action: (action && reader.word(action, "action", actions)) ?? "",
    target:
      (target && reader.text(target, "target", /^\S+$/, "service/environment, such as checkout/production")) ?? "",
    incident: (incident && reader.text(incident, "incident", /^\S+$/, "an incident's id")) ?? `told-${index + 1}`,
    runbook: (runbook && reader.text(runbook, "runbook", /^\S+$/, "a runbook's name")) ?? "built-in",
  };
}
