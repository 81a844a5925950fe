/** Runs all tests of a policy's directory: `authority.yaml`, `runbooks/*.yaml`, and the cases in `tests/*.yaml`. */

import { parseAuthority } from "../authority/parse-authority.ts";
import type { PolicyMistake } from "../authority/policy-mistake.ts";
import { parseRunbook } from "../authority/runbooks/parse-runbook.ts";
import { parseRunbookTest } from "../authority/runbooks/parse-runbook-test.ts";
import type { RunbookTestCase } from "../authority/runbooks/runbook-test.ts";
import { policyDirectory } from "../remediation/policy-paths.ts";
import { type CoveredRule, coverage, type RulesToCover } from "./coverage.ts";
import { type CaseResult, runCase } from "./run-case.ts";
import type { Tree } from "./told-commits.ts";
import type { Workshop } from "./workshop.ts";

export interface SuiteInput {
  readonly workshop: Workshop;
  /** The files of the policy's directory, by their path in it. */
  readonly files: Tree;
  /** After each case. */
  readonly progress?: (done: number, all: number) => void;
  readonly signal?: AbortSignal;
}

export interface Suite {
  /** Of policy and tests. With any, no case is run. */
  readonly mistakes: readonly PolicyMistake[];
  readonly cases: readonly CaseResult[];
  readonly coverage: readonly CoveredRule[];
  readonly interrupted: boolean;
}

export async function runSuite({ workshop, files, progress, signal }: SuiteInput): Promise<Suite> {
  const { rules, tests, mistakes } = readAll(files);
  if (mistakes.length > 0) return { mistakes, cases: [], coverage: [], interrupted: false };
  const policy = new Map(
    [...files]
      .filter(([path]) => isPolicy(path))
      .map(([path, bytes]) => [`${policyDirectory}/${path}`, bytes] as const),
  );
  const cases: CaseResult[] = [];
  for (const { file, test } of tests) {
    if (signal?.aborted) break;
    cases.push(await runCase({ workshop, policy, base: "tests", file, test }));
    progress?.(cases.length, tests.length);
  }
  const seen = cases.map((each) => each.seen);
  return { mistakes, cases, coverage: coverage(rules, seen), interrupted: cases.length < tests.length };
}

interface Everything {
  readonly rules: RulesToCover;
  readonly tests: readonly { readonly file: string; readonly test: RunbookTestCase }[];
  readonly mistakes: readonly PolicyMistake[];
}

function readAll(files: Tree): Everything {
  const text = (path: string) => Buffer.from(files.get(path) ?? []).toString("utf8");
  const paths = [...files.keys()].toSorted();
  const authority = files.has("authority.yaml") ? parseAuthority(text("authority.yaml"), "authority.yaml") : undefined;
  const runbooks = paths.filter(isRunbook).map((path) => parseRunbook(text(path), path));
  const tests = paths.filter(isTest).map((path) => ({ path, parsed: parseRunbookTest(text(path), path) }));
  return {
    rules: { authority: authority?.authority, runbooks: runbooks.flatMap(({ policy }) => policy ?? []) },
    tests: tests.flatMap(({ path, parsed }) => (parsed.policy?.cases ?? []).map((test) => ({ file: path, test }))),
    mistakes: [
      ...(authority?.mistakes ?? []),
      ...runbooks.flatMap(({ mistakes }) => mistakes),
      ...tests.flatMap(({ parsed }) => parsed.mistakes),
    ],
  };
}

function isPolicy(path: string): boolean {
  return path === "authority.yaml" || isRunbook(path);
}

function isRunbook(path: string): boolean {
  return /^runbooks\/[^/]+\.ya?ml$/.test(path);
}

/** Fixtures lie in directories below. */
function isTest(path: string): boolean {
  return /^tests\/[^/]+\.ya?ml$/.test(path);
}
