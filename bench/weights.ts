/**
 * Fits the weights of `diagnosis/weigh-suspect.ts` to what people rolled back: `node bench/weights.ts --repo DIR [--repo DIR …]`.
 *
 * A conditional logit over the changes that were there to be suspected, each repository judged by weights from the others. Prints how
 * often the first one was the one that the person undid, beside the newest one, per band of the share, and the weights.
 */
import { parseArgs } from "node:util";
import { affectedTarget } from "../src/backtest/affected-target.ts";
import { alertFor } from "../src/backtest/alert-for.ts";
import type { FoundRollback } from "../src/backtest/found-change.ts";
import { mineHistory, undoneWithinMs } from "../src/backtest/mine-history.ts";
import { candidateCauses } from "../src/diagnosis/candidate-causes.ts";
import { type SuspectFeatures, suspectFeatures } from "../src/diagnosis/suspect-features.ts";
import { targetCommits } from "../src/diagnosis/target-commits.ts";
import { openTargets } from "../src/gitops/catalogue/open-targets.ts";
import { resolveTarget } from "../src/gitops/catalogue/resolve-target.ts";
import { openLocalMirror } from "../src/gitops/mirror/open-local-mirror.ts";
import { openMiner } from "../src/gitops/mirror/open-miner.ts";
import { gatherEvidence } from "../src/remediation/evidence.ts";
import { type RepositoryReader, repositoryReader } from "../src/remediation/repository-reader.ts";
import { defaultSettings } from "../src/remediation/settings.ts";

interface Choice {
  readonly repository: string;
  readonly suspects: readonly SuspectFeatures[];
  /** Index of the one that the person undid. */
  readonly undone: number;
}

const names = ["age", "place", "overwritten", "habit", "comments", "foreign", "restoring", "unreadable"] as const;
type Weights = Readonly<Record<(typeof names)[number], number>>;

const { values } = parseArgs({
  options: { repo: { type: "string", multiple: true }, limit: { type: "string", default: "120" } },
});
if (values.repo === undefined) throw new Error("--repo DIR is missing");
const choices: Choice[] = [];
for (const directory of values.repo) choices.push(...(await choicesIn(directory, Number(values.limit))));
report(choices);

async function choicesIn(directory: string, limit: number): Promise<readonly Choice[]> {
  const mirror = await openLocalMirror(directory);
  const history = await openMiner(directory);
  const commits = await history.commits(await mirror.head(), { since: 0 });
  const found = await mineHistory({
    commits,
    since: undoneWithinMs,
    patches: (ids) => history.patches(ids),
    between: (before, after) => history.between(before, after),
  });
  const named = found.rollbacks.filter((rollback) => rollback.named).slice(0, limit);
  const reader = repositoryReader(mirror);
  const result: Choice[] = [];
  for (const rollback of named.toReversed()) {
    const choice = await choiceOf(reader, rollback, directory);
    if (choice !== undefined) result.push(choice);
  }
  await mirror.close();
  console.log(`${directory}: ${named.length} named rollbacks, ${result.length} with their change among the suspects`);
  return result;
}

async function choiceOf(reader: RepositoryReader, rollback: FoundRollback, repository: string) {
  const { commit, culprit, hunks } = rollback;
  const revision = commit.parents[0] ?? "";
  const catalogue = await reader.catalogue(revision);
  const target = affectedTarget(catalogue, { paths: commit.files.map(({ path }) => path), hunks })?.target;
  if (target === undefined) return undefined;
  const { labels, startsAt } = alertFor(target, repository, commit.committedAt, culprit.committedAt);
  const targets = openTargets(catalogue, resolveTarget(catalogue, labels), labels);
  const evidence = await gatherEvidence(reader, { revision, targets, syncs: [], now: commit.committedAt });
  if (evidence === undefined) return undefined;
  const { habits, changes } = evidence;
  const causes = candidateCauses(targetCommits(changes), startsAt, defaultSettings.suspectWindowMs);
  const undone = causes.findIndex(({ suspect }) => suspect.commit.id === culprit.id);
  return undone < 0
    ? undefined
    : { repository, suspects: causes.map((cause) => suspectFeatures({ ...cause, habits })), undone };
}

function report(all: readonly Choice[]): void {
  const judged = all.map((choice) => {
    const weights = fitWeights(all.filter(({ repository }) => repository !== choice.repository));
    return { choice, shares: sharesOf(choice, weights) };
  });
  const newest = all.filter(({ undone }) => undone === 0).length;
  const first = judged.filter(({ choice, shares }) => shares[choice.undone] === Math.max(...shares));
  console.log(
    `\nthe newest was right: ${percent(newest, all.length)}; the first was right: ${percent(first.length, all.length)}`,
  );
  for (const [from, to] of [
    [0.95, 1.01],
    [0.9, 0.95],
    [0.8, 0.9],
    [0.7, 0.8],
    [0.5, 0.7],
    [0, 0.5],
  ] as const) {
    const band = judged.filter(({ shares }) => Math.max(...shares) >= from && Math.max(...shares) < to);
    const right = band.filter(({ choice, shares }) => shares[choice.undone] === Math.max(...shares)).length;
    console.log(`share ${from} to ${Math.min(1, to)}: ${percent(right, band.length)}`);
  }
  const weights = fitWeights(all);
  console.log(`\n${names.map((name) => `${name} ${weights[name].toFixed(2)}`).join(", ")}`);
}

function percent(part: number, whole: number): string {
  return `${part} of ${whole} (${whole === 0 ? "-" : ((100 * part) / whole).toFixed(1)} %)`;
}

function sharesOf({ suspects }: Choice, weights: Weights): readonly number[] {
  const odds = suspects.map((each) => Math.exp(names.reduce((sum, name) => sum + weights[name] * each[name], 0)));
  const sum = odds.reduce((total, each) => total + each, 0);
  return odds.map((each) => each / sum);
}

/** Gradient ascent on the log-likelihood, with a pull towards zero. */
function fitWeights(all: readonly Choice[]): Weights {
  const weights = Object.fromEntries(names.map((name) => [name, 0])) as Record<(typeof names)[number], number>;
  for (let round = 0; round < 400; round++) {
    const slope = Object.fromEntries(names.map((name) => [name, -0.5 * weights[name]]));
    for (const choice of all) {
      const shares = sharesOf(choice, weights);
      for (const name of names) {
        const expected = choice.suspects.reduce((sum, each, index) => sum + (shares[index] ?? 0) * each[name], 0);
        slope[name] = (slope[name] ?? 0) + (choice.suspects[choice.undone]?.[name] ?? 0) - expected;
      }
    }
    for (const name of names) weights[name] += (2 / all.length) * (slope[name] ?? 0);
  }
  return weights;
}
