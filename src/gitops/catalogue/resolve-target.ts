/** Labels select exactly one target of the repository, or none. Their text is only ever compared with the repository's own names. */
import { type Target, targetName } from "../../target.ts";
import type { Catalogue, CatalogueTarget, Resolution } from "./catalogue.ts";
import { plainName } from "./plain-name.ts";
import { environmentGroup } from "./words.ts";

/** Labels that name the object that is in trouble, before those that may name whoever scraped it. */
const workloadKeys = ["deployment", "statefulset", "daemonset", "rollout", "cronjob", "workload"];
const serviceKeys = [
  "service",
  "service_name",
  "app",
  "app_kubernetes_io_name",
  "app_kubernetes_io_instance",
  "application",
  "release",
  "helmrelease",
  "job_name",
  "job",
];
const namespaceKeys = ["exported_namespace", "namespace", "kubernetes_namespace", "destination_namespace"];
export const environmentKeys = [
  "environment",
  "env",
  "deployment_environment",
  "deployment_environment_name",
  "stage",
  "cluster",
];

/** More than any service has environments. */
const maxCandidates = 200;

type Labels = Readonly<Record<string, string>>;
type Entries = readonly CatalogueTarget[];

/** Targets that the labels leave open, or why they leave none. */
type Selection = { readonly left: Entries } | { readonly none: string; readonly near: Entries };

/** Pure. Never guesses: what the labels leave open is `ambiguous`, with the candidates. */
export function resolveTarget(catalogue: Catalogue, labels: Labels): Resolution {
  let selection = byService(catalogue.targets, labels);
  if ("left" in selection) selection = byNamespace(selection.left, labels);
  if ("left" in selection) selection = byEnvironment(selection.left, labels);
  if ("none" in selection) return { outcome: "none", candidates: targetsOf(selection.near), why: selection.none };
  const left = preferNamespace(selection.left, labels);
  const [entry, ...others] = left;
  if (entry !== undefined && others.length === 0)
    return { outcome: "resolved", entry, why: `the labels select ${targetName(entry.target)}` };
  const entries = left.slice(0, maxCandidates);
  const why = `the labels leave ${left.length} targets open`;
  return { outcome: "ambiguous", candidates: targetsOf(entries), entries, why };
}

function targetsOf(entries: Entries): readonly Target[] {
  return entries.slice(0, maxCandidates).map((entry) => entry.target);
}

function byService(entries: Entries, labels: Labels): Selection {
  const workload = firstKnown(entries, labels, workloadKeys);
  if (workload !== undefined) return { left: workload };
  const unknown = workloadKeys.map((key) => labels[key]).find((value) => value !== undefined && value !== "");
  // The object isn't in the repository by that name: another label may only name the same thing, not whoever scraped it.
  const keys = serviceKeys.filter((key) => unknown === undefined || isPartOf(labels[key] ?? "", unknown));
  const service = firstKnown(entries, labels, keys);
  if (service !== undefined) return { left: service };
  const given = [...workloadKeys, ...serviceKeys].some((key) => (labels[key] ?? "") !== "");
  const none = given ? "no service of the repository has the name that the labels give" : "no label names a service";
  return { none, near: [] };
}

function isPartOf(value: string, whole: string): boolean {
  return value !== "" && (whole === value || whole.startsWith(`${value}-`));
}

function firstKnown(entries: Entries, labels: Labels, keys: readonly string[]): Entries | undefined {
  for (const key of keys) {
    const value = labels[key];
    if (value === undefined || value === "") continue;
    // `namespace/name` is how Prometheus writes some jobs.
    for (const name of new Set([value, value.slice(value.lastIndexOf("/") + 1)])) {
      const exact = entries.filter((entry) => entry.target.service === name);
      if (exact.length > 0) return exact;
      const running = entries.filter((entry) => entry.runsAs?.includes(name));
      if (running.length > 0) return running;
      const found = entries.filter((entry) => plainName(entry.target.service) === plainName(name));
      if (found.length > 0) return found;
    }
  }
  return undefined;
}

export function namespaceOf(labels: Labels): string | undefined {
  return namespaceKeys.map((key) => labels[key]).find((value) => value !== undefined && value !== "");
}

/** Only what contradicts the label is left out: the repository doesn't tell every namespace. */
function byNamespace(entries: Entries, labels: Labels): Selection {
  const given = namespaceOf(labels);
  const left = entries.filter(
    ({ target }) => given === undefined || target.namespace === undefined || target.namespace === given,
  );
  if (left.length > 0) return { left };
  return { none: "the repository has this service in other namespaces only", near: entries };
}

/** Of several in one environment, those that are known to be in the namespace. */
function preferNamespace(entries: Entries, labels: Labels): Entries {
  const given = namespaceOf(labels);
  if (given === undefined) return entries;
  const known = entries.filter(({ target }) => target.namespace === given);
  const settled = new Set(known.map(({ target }) => target.environment));
  return entries.filter((entry) => known.includes(entry) || !settled.has(entry.target.environment));
}

function byEnvironment(entries: Entries, labels: Labels): Selection {
  const open = entries.filter((entry) => entry.target.environment === undefined);
  let left = entries;
  for (const key of environmentKeys) {
    const value = labels[key];
    if (value === undefined || value === "") continue;
    const found = inEnvironment(left, value);
    // A cluster's name need not be an environment of the repository.
    if (found.length > 0) left = found;
    else if (key !== "cluster") return open.length > 0 ? { left: open } : noEnvironment(entries);
  }
  return { left };
}

function noEnvironment(entries: Entries): Selection {
  return { none: "the repository has this service in other environments only", near: entries };
}

function inEnvironment(entries: Entries, value: string): Entries {
  const exact = entries.filter((entry) => entry.target.environment === value);
  if (exact.length > 0) return exact;
  const group = environmentGroup(value);
  return entries.filter(({ target: { environment } }) => {
    if (environment === undefined) return false;
    if (plainName(environment) === plainName(value)) return true;
    return group !== undefined && environmentGroup(environment) === group;
  });
}
