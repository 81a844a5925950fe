/** What the person would have had to ask for, read from the changed line alone. */
import type { Ask, Command } from "../actions/commands/command.ts";
import type { CatalogueTarget } from "../gitops/catalogue/catalogue.ts";
import { type Assignment, readAssignment } from "./action-kind.ts";
import type { FoundAction } from "./found-change.ts";
import { shiftFor } from "./shift-for.ts";

export interface AskedFor {
  readonly command: Command;
  /** Words on the way to the changed field, the innermost first: a person would name one of them where several places could be meant. */
  readonly components: readonly string[];
}

/** `texts`: what stood in the files. undefined where no single command says it: several fields, or a state that none of them can name. */
export function commandFor(
  { kind, hunks }: FoundAction,
  paths: readonly string[],
  entry: CatalogueTarget,
  texts: ReadonlyMap<string, string>,
): AskedFor | undefined {
  const { service, environment, namespace } = entry.target;
  if (kind === "shift") {
    const ask = shiftFor({ entry, paths, hunks, texts });
    return ask && { command: { service, environment, namespace, leaseMs: undefined, ask }, components: [] };
  }
  const lines = hunks.flatMap(({ removed, added }) =>
    Array.from({ length: Math.max(removed.length, added.length) }, (_, index) => ({
      before: reading(removed[index]),
      after: reading(added[index]),
    })),
  );
  const [line, ...others] = lines;
  const [hunk] = hunks;
  if (line === undefined || others.length > 0 || hunk === undefined) return undefined;
  const ask = askOf(kind, line.before, line.after);
  if (ask === undefined) return undefined;
  const field = entry.fields.find(
    (each) => each.file === paths[hunk.file] && each.line === hunk.oldStart && hunk.removed.length > 0,
  );
  const steps = (field?.path ?? []).filter((step) => typeof step === "string");
  const stem = /([^/]+?)(?:\.[^./]+)?$/.exec(paths[hunk.file] ?? "")?.[1];
  return {
    command: { service, environment, namespace, leaseMs: undefined, ask },
    components: [...steps.slice(0, -1).toReversed(), ...(stem === undefined ? [] : [stem])],
  };
}

function reading(line: string | undefined): Assignment | undefined {
  return line === undefined ? undefined : readAssignment(line);
}

function askOf(
  kind: FoundAction["kind"],
  before: Assignment | undefined,
  after: Assignment | undefined,
): Ask | undefined {
  const { key = "", value } = after ?? { key: before?.key, value: undefined };
  const component = undefined;
  if (kind === "restart") return { action: "restart", component };
  if (kind === "suspend") {
    if (/reconcile$/.test(key)) return undefined;
    return { action: "suspend", suspended: value === "true", component };
  }
  if (kind === "scale")
    return value !== undefined && /^\d{1,4}$/.test(value)
      ? { action: "scale", replicas: Number(value), component }
      : undefined;
  if (kind === "flag") return value === undefined ? undefined : { action: "flag", flag: key, state: stateOf(value) };
  if (kind === "resize" && value !== undefined && (key === "cpu" || key === "memory"))
    return { action: "resize", resource: key, amount: { quantity: value }, component };
  return undefined;
}

function stateOf(value: string): string {
  if (/^(?:true|on|yes|enabled)$/i.test(value)) return "on";
  return /^(?:false|off|no|disabled)$/i.test(value) ? "off" : value;
}
