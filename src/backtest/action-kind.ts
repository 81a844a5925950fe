/** What else people do by commit in an incident: they restart, scale, and flip flags. Told by the changed lines alone. */
import type { Hunk } from "../gitops/mirror/mined-commit.ts";
import type { FoundAction } from "./found-change.ts";

interface Assignment {
  readonly key: string;
  readonly value: string;
}

const assignment = /^\s*(?:- )?["']?([\w./-]+)["']?\s*[:=]\s*["']?([^"'#\s]*)["']?\s*(?:#.*)?$/;
const restarts = /restart|redeploy|force_?(?:roll|update)|(?:empty|temp|dummy)_?var/i;
const scales = /^(?:replicas|replicaCount|(?:min|max)Replicas|(?:min|max)ReplicaCount|(?:min|max|desired)Capacity)$/i;
const truth = /^(?:true|false|on|off|yes|no|enabled|disabled)$/i;

/** undefined unless every changed line is of one kind. */
export function actionKind(hunks: readonly Hunk[]): FoundAction["kind"] | undefined {
  const kinds = new Set(hunks.flatMap(kindsOf));
  const [kind] = kinds;
  return kinds.size === 1 ? kind : undefined;
}

function kindsOf({ removed, added }: Hunk): (FoundAction["kind"] | undefined)[] {
  const before = removed.map(read);
  const after = added.map(read);
  if (before.length === 0 || after.length === 0) return [...before, ...after].map((line) => kindOf(line, line));
  if (before.length !== after.length) return [undefined];
  return before.map((line, index) => kindOf(line, after[index]));
}

function kindOf(before: Assignment | undefined, after: Assignment | undefined): FoundAction["kind"] | undefined {
  if (before === undefined || after === undefined || before.key !== after.key) return undefined;
  if (restarts.test(before.key)) return "restart";
  const both = (pattern: RegExp) => pattern.test(before.value) && pattern.test(after.value);
  if (scales.test(before.key) && both(/^\d+$/)) return "scale";
  return both(truth) ? "flag" : undefined;
}

function read(line: string): Assignment | undefined {
  const [, key, value] = assignment.exec(line.trimEnd()) ?? [];
  return key === undefined || value === undefined ? undefined : { key, value };
}
