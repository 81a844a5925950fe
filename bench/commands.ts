/**
 * What Remit makes of the commands that ask for what people really did: `node bench/commands.ts --actions FILE --repos DIR [--verbose]`.
 *
 * FILE as for `bench/actions.ts`, with `after`, the person's commit, and `at`. Exact: the person's files byte for byte, and no other.
 * What no single command asks for is left out and counted: several services or fields at once, and what a command can't name.
 */
import { basename } from "node:path";
import type { Ask, Command } from "../src/actions/commands/command.ts";
import { affectedTarget } from "../src/backtest/affected-target.ts";
import type { CatalogueTarget } from "../src/gitops/catalogue/catalogue.ts";
import { parseImageReference } from "../src/gitops/catalogue/image-reference.ts";
import type { Hunk } from "../src/gitops/mirror/mined-commit.ts";
import { openLocalMirror } from "../src/gitops/mirror/open-local-mirror.ts";
import { openMiner } from "../src/gitops/mirror/open-miner.ts";
import type { PlanAnswer } from "../src/remediation/plan-answer.ts";
import { planFromCommand } from "../src/remediation/plan-from-command.ts";
import { type RepositoryReader, repositoryReader } from "../src/remediation/repository-reader.ts";
import {
  absent,
  type RecordedAction,
  type RecordedActions,
  type RecordedChange,
  recordedActions,
} from "./recorded-actions.ts";

interface Action extends RecordedAction {
  /** The person's commit. */
  readonly after: string;
  readonly at: string;
  readonly files: readonly string[];
}

type Verdict = "exact" | "near" | "wrong" | "abstained" | "no command" | "failed";

interface Scored {
  readonly action: Action;
  readonly verdict: Verdict;
  readonly confidence: number;
  readonly codes: readonly string[];
}

const verdicts: readonly Verdict[] = ["exact", "near", "wrong", "abstained", "no command", "failed"];
const recorded = recordedActions<Action>("commands");
if (recorded !== undefined) await measure(recorded);

async function measure({ repositories, verbose }: RecordedActions<Action>): Promise<void> {
  const scored: Scored[] = [];
  for (const { directory, actions } of repositories) {
    const mirror = await openLocalMirror(directory);
    const miner = await openMiner(directory);
    const reader = repositoryReader(mirror);
    // Neighbours in time share most of their catalogues.
    for (const action of actions.toSorted((a, b) => (a.at < b.at ? -1 : 1))) {
      const result = await score(reader, miner, action).catch((error: unknown) => failed(action, error));
      scored.push(result);
      if (verbose && result.verdict !== "exact")
        console.log(
          JSON.stringify({ ...result, action: undefined, id: action.id, kind: action.kind, changes: action.changes }),
        );
    }
    await mirror.close();
  }
  report(scored);
}

function failed(action: Action, error: unknown): Scored {
  return { action, verdict: "failed", confidence: 0, codes: [error instanceof Error ? error.message : "?"] };
}

async function score(
  reader: RepositoryReader,
  miner: Awaited<ReturnType<typeof openMiner>>,
  action: Action,
): Promise<Scored> {
  const nothing = { action, confidence: 0, codes: [] };
  const [commit] = await miner.commits(action.after, { since: 0, limit: 1 });
  const hunks = (await miner.patches([action.after])).get(action.after)?.hunks ?? [];
  if (commit === undefined) return { ...nothing, verdict: "failed", codes: ["no commit"] };
  const paths = commit.files.map(({ path }) => path);
  const catalogue = await reader.catalogue(action.before);
  const entry = narrowest(catalogue.targets, paths, hunks) ?? affectedTarget(catalogue, { paths, hunks });
  const ask = askOf(action);
  if (entry === undefined || !holdsAll(entry, paths) || ask === undefined) return { ...nothing, verdict: "no command" };
  const answer = await answerTo(reader, action, entry, ask);
  const codes = [...new Set(answer.reasons.map(({ code }) => code))];
  if (answer.outcome === "abstain") return { ...nothing, verdict: "abstained", codes };
  return { action, verdict: await verdictOn(reader, action, paths, answer), confidence: answer.confidence, codes };
}

/** Whom a person would name: of those that hold all that changed the one that holds least beside it. */
function narrowest(
  targets: readonly CatalogueTarget[],
  paths: readonly string[],
  hunks: readonly Hunk[],
): CatalogueTarget | undefined {
  const holding = targets.filter(
    (entry) =>
      holdsAll(entry, paths) &&
      hunks.every(({ file, oldStart, removed }) =>
        entry.fields.some(
          (field) =>
            field.file === paths[file] &&
            field.line >= oldStart - 1 &&
            field.line <= oldStart + Math.max(1, removed.length),
        ),
      ),
  );
  const named = holding.filter(({ target }) => paths.every((path) => basename(path).includes(target.service)));
  return (named.length > 0 ? named : holding).toSorted((a, b) => filesOf(a) - filesOf(b))[0];
}

function holdsAll({ scopes = [] }: CatalogueTarget, paths: readonly string[]): boolean {
  return paths.every((path) => scopes.some(({ file }) => file === path));
}

function filesOf({ scopes = [] }: CatalogueTarget): number {
  return new Set(scopes.map(({ file }) => file)).size;
}

async function answerTo(
  reader: RepositoryReader,
  action: Action,
  { target }: CatalogueTarget,
  ask: Ask,
): Promise<PlanAnswer> {
  const { service, environment, namespace } = target;
  const command: Command = { service, environment, namespace, leaseMs: undefined, ask };
  const now = Date.parse(action.at) + 12 * 60 * 60_000;
  const asked = (named: Command) => planFromCommand({ reader, revision: action.before, command: named, now });
  const first = await asked(command);
  const unclear = first.outcome === "abstain" && first.reasons.some(({ code }) => code === "target-ambiguous");
  if (!unclear || !("component" in ask)) return first;
  const words = (action.changes[0]?.path ?? "").split(".").slice(0, -1).toReversed();
  for (const component of words) {
    const next = await asked({ ...command, ask: { ...ask, component } });
    if (next.outcome === "change") return next;
  }
  return first;
}

async function verdictOn(
  reader: RepositoryReader,
  { before, after }: Action,
  paths: readonly string[],
  { files }: PlanAnswer,
): Promise<Verdict> {
  const human = await reader.texts(after, paths);
  const was = await reader.texts(
    before,
    files.map(({ path }) => path),
  );
  const changed = files.filter(({ path, content }) => content !== (was.get(path) ?? null));
  const same = changed.length === paths.length && changed.every(({ path }) => paths.includes(path));
  if (!same) return "wrong";
  return changed.every(({ path, content }) => content === (human.get(path) ?? null)) ? "exact" : "near";
}

/** What a person would have written. Several fields may change by one command, as long as it names one value. */
function askOf({ kind, changes }: Action): Ask | undefined {
  const [first] = changes;
  // Each command is about one service.
  if (/^(?:restart|suspend|unsuspend|scale)_?/.test(kind) && new Set(changes.map(({ file }) => file)).size > 1)
    return undefined;
  if (first === undefined || !changes.every((change) => isOf(kind, change.path))) return undefined;
  const key = first.path.split(".").at(-1) ?? "";
  const component = undefined;
  if (kind === "restart_trigger") return { action: "restart", component };
  if (kind === "suspend" || kind === "unsuspend")
    return { action: "suspend", suspended: kind === "suspend", component };
  if (/^scale_(?:up|down|to_zero)$/.test(kind)) {
    const numbers = changes.filter(({ path, after }) => /replica/i.test(path) && /^\d{1,4}$/.test(after));
    const wanted = new Set(numbers.map(({ after }) => Number(after)));
    // Two workloads take two commands.
    const workloads = new Set(numbers.map(({ path }) => path.split(".").slice(0, -1).join(".")));
    if (workloads.size > 1) return undefined;
    const [replicas] = wanted;
    return wanted.size === 1 && replicas !== undefined ? { action: "scale", replicas, component } : undefined;
  }
  if (kind === "flag_on" || kind === "flag_off")
    return changes.length === 1 && first.after !== absent
      ? { action: "flag", flag: key, state: kind === "flag_on" ? "on" : "off" }
      : undefined;
  if (/^rollback_|^revert_config$/.test(kind))
    return changes.some(({ after }) => after === absent) ? undefined : rollbackTo(changes);
  return undefined;
}

/** What else changed in the same commit no command of this kind asks for. */
function isOf(kind: string, path: string): boolean {
  if (kind === "suspend" || kind === "unsuspend") return /suspend$|paused$/i.test(path);
  return /^scale_/.test(kind) ? /replica|autoscaling|count/i.test(path) : true;
}

/** The word that is most of a version: a tag, a chart's version, the revision of a reference. */
function rollbackTo(changes: readonly RecordedChange[]): Ask | undefined {
  const words = new Set(changes.map(({ after }) => wordOf(after)));
  const [value] = words;
  return value === undefined || /\s/.test(value) ? undefined : { action: "rollback", to: value };
}

function wordOf(after: string): string {
  const ref = /[?&]ref=([^&]+)/.exec(after)?.[1];
  if (ref !== undefined) return ref;
  return parseImageReference(after)?.tag ?? after.replace(/@sha256:.*$/, "");
}

function report(scored: readonly Scored[]): void {
  const kinds = [...Map.groupBy(scored, ({ action }) => action.kind)].sort(([a], [b]) => (a < b ? -1 : 1));
  console.log(`${"kind".padEnd(24)}${["cases", ...verdicts].map((word) => word.padStart(12)).join("")}`);
  for (const [kind, own] of [...kinds, ["all", scored] as const])
    console.log(
      `${kind.padEnd(24)}${[own.length, ...verdicts.map((verdict) => own.filter((each) => each.verdict === verdict).length)].map((count) => String(count).padStart(12)).join("")}`,
    );
  const made = scored.filter(({ verdict }) => ["exact", "near", "wrong"].includes(verdict));
  const exact = made.filter(({ verdict }) => verdict === "exact").length;
  const sure = made.filter(({ verdict, confidence }) => verdict !== "exact" && confidence >= 0.9).length;
  console.log(
    `\nof ${made.length} changes ${exact} are byte-equal (${((100 * exact) / Math.max(1, made.length)).toFixed(1)} %); ${sure} of the others are told with a confidence of 0.9 or more`,
  );
}
