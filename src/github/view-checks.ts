/** The checks on a head commit, and which of them the default branch requires. */
import type { CheckView } from "../remediation/forge.ts";
import type { Identity } from "./identity.ts";
import { presentNodes } from "./present-nodes.ts";
import type { CheckFacts, PullFacts, RepositoryFacts } from "./read-schema.ts";

interface Required {
  readonly context: string;
  /** The App that must report it; undefined: any. */
  readonly integration: number | undefined;
}

type RunFacts = Extract<CheckFacts, { __typename: "CheckRun" }>;

/** A required check that nobody has reported yet counts as pending. */
export function viewChecks(pull: PullFacts, repository: RepositoryFacts, us: Identity): CheckView[] {
  const required = requiredChecks(repository);
  const head = presentNodes(pull.headCommit)[0]?.commit.statusCheckRollup;
  const reported = newestRuns(presentNodes(head?.contexts)).map((check) => viewCheck(check, required, us));
  const names = new Set(reported.filter((check) => check.required).map((check) => check.name));
  const missing = [...new Set(required.map((check) => check.context))].filter((name) => !names.has(name));
  return [...reported, ...missing.map((name) => ({ name, state: "pending" as const, required: true, ours: false }))];
}

/** Both ways in which GitHub keeps branch rules; the old one is readable without administration rights as an update rule. */
function requiredChecks({ defaultBranchRef }: RepositoryFacts): Required[] {
  const protection = (defaultBranchRef.refUpdateRule?.requiredStatusCheckContexts ?? [])
    .filter((context) => context !== null)
    .map((context) => ({ context, integration: undefined }));
  const rules = presentNodes(defaultBranchRef.rules).flatMap((rule) => rule.parameters?.requiredStatusChecks ?? []);
  return [
    ...protection,
    ...rules.map(({ context, integrationId }) => ({ context, integration: integrationId ?? undefined })),
  ];
}

function viewCheck(check: CheckFacts, required: readonly Required[], us: Identity): CheckView {
  if (check.__typename === "StatusContext") {
    const { context, state } = check;
    const isRequired = required.some((rule) => rule.context === context && rule.integration === undefined);
    return { name: context, state: statusState(state), required: isRequired, ours: false };
  }
  const app = check.checkSuite.app;
  const isRequired = required.some(
    (rule) => rule.context === check.name && (rule.integration === undefined || rule.integration === app?.databaseId),
  );
  return { name: check.name, state: runState(check), required: isRequired, ours: app?.slug === us.slug };
}

/** A check that ran again is listed twice: the newest of one App under one name counts. */
function newestRuns(checks: readonly CheckFacts[]): CheckFacts[] {
  const newest = new Map<string, CheckFacts>();
  for (const check of checks) {
    const key = check.__typename === "CheckRun" ? `${check.checkSuite.app?.slug ?? ""}\n${check.name}` : check.context;
    const known = newest.get(key);
    if (known === undefined || startedAt(check) >= startedAt(known)) newest.set(key, check);
  }
  return [...newest.values()];
}

function startedAt(check: CheckFacts): number {
  return check.__typename === "CheckRun" && check.startedAt ? Date.parse(check.startedAt) : 0;
}

function runState({ status, conclusion }: RunFacts): CheckView["state"] {
  if (status !== "COMPLETED") return "pending";
  if (conclusion === "SUCCESS") return "success";
  return conclusion === "NEUTRAL" || conclusion === "SKIPPED" ? "neutral" : "failure";
}

function statusState(state: string): CheckView["state"] {
  if (state === "SUCCESS") return "success";
  return state === "PENDING" || state === "EXPECTED" ? "pending" : "failure";
}
