/** Replays one moment: the repository as it was, an alert that says only what it is about, and Remit's own answer. */
import type { Command } from "../actions/commands/command.ts";
import type { Clock } from "../clock.ts";
import { RemitError } from "../errors.ts";
import type { CatalogueTarget } from "../gitops/catalogue/catalogue.ts";
import { compareWrites, leftOut } from "../gitops/edit/compare-writes.ts";
import type { Revision } from "../gitops/mirror/mirror.ts";
import type { ReasonCode } from "../reason.ts";
import type { PlanAnswer } from "../remediation/plan-answer.ts";
import { planFromAlerts } from "../remediation/plan-from-alerts.ts";
import { planFromCommand } from "../remediation/plan-from-command.ts";
import type { RepositoryReader } from "../remediation/repository-reader.ts";
import type { Target } from "../target.ts";
import { affectedTarget } from "./affected-target.ts";
import { alertFor } from "./alert-for.ts";
import type {
  ActionCase,
  BacktestCase,
  BacktestResult,
  QuietCase,
  RollbackCase,
  RollbackVerdict,
} from "./backtest-case.ts";
import { type AskedFor, commandFor } from "./command-for.ts";
import { quietTarget } from "./quiet-target.ts";

type Outcome = Pick<BacktestResult, "target" | "confidence" | "reasons" | "failure">;

const nothing: Outcome = { target: undefined, confidence: 0, reasons: [], failure: undefined };

/** undefined for a moment at which no target is quiet. What goes wrong is a verdict. */
export async function replay(
  reader: RepositoryReader,
  moment: BacktestCase,
  clock: Clock,
): Promise<BacktestResult | undefined> {
  const started = clock.now();
  const { before, at } = moment;
  const result = await resultOf(reader, moment);
  return result === undefined ? undefined : { ...result, before, at, milliseconds: clock.now() - started };
}

async function resultOf(reader: RepositoryReader, moment: BacktestCase) {
  if (moment.kind === "quiet") return replayQuiet(reader, moment);
  if (moment.kind === "action") return replayAction(reader, moment);
  return { ...factsOf(moment), ...(await replayRollback(reader, moment)) };
}

function factsOf({ rollback }: RollbackCase) {
  const { commit, culprit, named, extent } = rollback;
  return { kind: "rollback" as const, rollback: commit.id, culprit: culprit.id, named, extent };
}

async function replayRollback(
  reader: RepositoryReader,
  moment: RollbackCase,
): Promise<Outcome & { readonly verdict: RollbackVerdict; readonly culpritFirst: boolean }> {
  const { rollback, before } = moment;
  const paths = rollback.commit.files.map(({ path }) => path);
  try {
    const entry = affectedTarget(await reader.catalogue(before), { paths, hunks: rollback.hunks });
    if (entry === undefined)
      return { ...nothing, verdict: "abstained", culpritFirst: false, reasons: ["target-not-found"] };
    const { target } = entry;
    const answer = await plan(reader, moment, target);
    const culpritFirst = answer.suspects[0]?.commit === rollback.culprit.id;
    if (answer.outcome === "abstain") return { ...abstained(answer, target), verdict: "abstained", culpritFirst };
    const writes = await writesOf(reader, { before, commit: rollback.commit.id }, answer, paths);
    const whole = compareWrites(...writes);
    const isPart = whole === "wrong" && leftOut(...writes)?.every((path) => !holds(entry, path)) === true;
    return { ...nothing, target, confidence: answer.confidence, verdict: isPart ? "part" : whole, culpritFirst };
  } catch (error) {
    return { ...nothing, failure: failureOf(error), verdict: "failed", culpritFirst: false };
  }
}

function holds({ fields, scopes = [] }: CatalogueTarget, path: string): boolean {
  return [...fields, ...scopes].some(({ file }) => file === path);
}

/** What was proposed, what the person wrote, and what stood there. */
async function writesOf(
  { mirror }: RepositoryReader,
  { before, commit }: { readonly before: Revision; readonly commit: Revision },
  answer: PlanAnswer,
  paths: readonly string[],
): Promise<Parameters<typeof compareWrites>> {
  const proposed = answer.files.map(({ path, content }) => ({
    path,
    bytes: content === null ? undefined : Buffer.from(content, "utf8"),
  }));
  const human = await mirror.read(commit, paths);
  const was = await mirror.read(before, [...paths, ...proposed.map(({ path }) => path)]);
  return [proposed, paths.map((path) => ({ path, bytes: human.get(path) })), was];
}

async function replayQuiet(reader: RepositoryReader, moment: QuietCase) {
  const kind = "quiet" as const;
  try {
    const target = quietTarget(await reader.catalogue(moment.before), moment.before, moment.touched)?.target;
    if (target === undefined) return undefined;
    const answer = await plan(reader, moment, target);
    if (answer.outcome === "abstain") return { kind, ...abstained(answer, target), verdict: "kept" as const };
    return { kind, ...nothing, target, confidence: answer.confidence, verdict: "intervened" as const };
  } catch (error) {
    return { kind, ...nothing, failure: failureOf(error), verdict: "failed" as const };
  }
}

/** What Remit makes of the command that asks for the same. */
async function replayAction(reader: RepositoryReader, moment: ActionCase) {
  const { before, action } = moment;
  const facts = { kind: "action" as const, action: action.kind, commit: action.commit.id };
  const paths = action.commit.files.map(({ path }) => path);
  try {
    const entry = affectedTarget(await reader.catalogue(before), { paths, hunks: action.hunks });
    if (entry === undefined) return { ...facts, ...nothing, verdict: "unknown" as const };
    const { target } = entry;
    const asked = commandFor(action, paths, entry, await reader.texts(before, paths));
    if (asked === undefined) return { ...facts, ...nothing, target, verdict: "no-command" as const };
    const answer = await answerTo(reader, moment, asked);
    if (answer.outcome === "abstain") return { ...facts, ...abstained(answer, target), verdict: "abstained" as const };
    const verdict = compareWrites(...(await writesOf(reader, { before, commit: action.commit.id }, answer, paths)));
    return { ...facts, ...nothing, target, confidence: answer.confidence, verdict };
  } catch (error) {
    return { ...facts, ...nothing, failure: failureOf(error), verdict: "failed" as const };
  }
}

/** Where several places could be meant, a person names one: the nearest word that tells them apart. */
async function answerTo(reader: RepositoryReader, { before, at }: ActionCase, { command, components }: AskedFor) {
  const ask = (named: Command) => planFromCommand({ reader, revision: before, command: named, now: at });
  const first = await ask(command);
  const unclear = first.outcome === "abstain" && first.reasons.some(({ code }) => code === "target-ambiguous");
  if (!unclear || !("component" in command.ask)) return first;
  for (const component of components) {
    const next = await ask({ ...command, ask: { ...command.ask, component } });
    if (next.outcome === "change") return next;
  }
  return first;
}

function plan(reader: RepositoryReader, moment: RollbackCase | QuietCase, target: Target): Promise<PlanAnswer> {
  const { before, at } = moment;
  const since = moment.kind === "rollback" ? moment.rollback.culprit.committedAt : undefined;
  const signals = [alertFor(target, reader.mirror.repository, at, since)];
  return planFromAlerts({ reader, revision: before, signals, now: at });
}

/** What spoke for a change explains no abstention. */
const encouraging: ReadonlySet<ReasonCode> = new Set(["suspect-found", "healthy-recorded", "stood-long-enough"]);

function abstained(answer: PlanAnswer, target: Target): Outcome {
  const codes = new Set(answer.reasons.map(({ code }) => code));
  const telling = [...codes].filter((code) => !encouraging.has(code));
  return { ...nothing, target, reasons: telling.length === 0 ? [...codes] : telling };
}

/** What other errors say may hold text of the repository. */
function failureOf(error: unknown): string {
  return error instanceof RemitError ? error.code : "internal";
}
