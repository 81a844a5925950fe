/** What else people do by commit in an incident: they restart, scale, suspend and flip switches. Told by the changed lines alone. */

import type { FieldRole } from "../gitops/catalogue/catalogue.ts";
import { fieldRole } from "../gitops/catalogue/field-role.ts";
import type { Hunk } from "../gitops/mirror/mined-commit.ts";
import type { FoundAction } from "./found-change.ts";

export interface Assignment {
  readonly key: string;
  readonly value: string;
}

const assignment = /^\s*(?:- )?["']?([\w./-]+)["']?\s*[:=]\s*["']?([^"'#\s]*)["']?\s*(?:#.*)?$/;
const quantities = /^(?:cpu|memory|ephemeral-storage)$/;

/** undefined unless every changed line is of one kind. */
export function actionKind(hunks: readonly Hunk[]): FoundAction["kind"] | undefined {
  const kinds = new Set(hunks.flatMap(kindsOf));
  const [kind] = kinds;
  return kinds.size === 1 ? kind : undefined;
}

function kindsOf({ removed, added }: Hunk): (FoundAction["kind"] | undefined)[] {
  const before = removed.map(readAssignment);
  const after = added.map(readAssignment);
  if (before.length === 0 || after.length === 0) return [...before, ...after].map((line) => kindOf(line, line));
  if (before.length !== after.length) return [undefined];
  return before.map((line, index) => kindOf(line, after[index]));
}

function kindOf(before: Assignment | undefined, after: Assignment | undefined): FoundAction["kind"] | undefined {
  if (before === undefined || after === undefined || before.key !== after.key) return undefined;
  const role = roleOf(before);
  if (role !== roleOf(after)) return undefined;
  const numbers = /^\d/.test(before.value) && /^\d/.test(after.value);
  if (role === "restart" || role === "suspend" || role === "flag") return role;
  if (!numbers) return undefined;
  if (role === "replicas") return "scale";
  if (role === "weight") return "shift";
  return role === "resource" ? "resize" : undefined;
}

/** The place around a line isn't seen: amounts mostly stand below `requests` and `limits`. */
function roleOf({ key, value }: Assignment): FieldRole {
  return fieldRole(undefined, quantities.test(key) ? ["limits", key] : [key], value);
}

/** `key: value` or `key=value`; undefined for anything else. */
export function readAssignment(line: string): Assignment | undefined {
  const [, key, value] = assignment.exec(line.trimEnd()) ?? [];
  return key === undefined || value === undefined ? undefined : { key, value };
}
