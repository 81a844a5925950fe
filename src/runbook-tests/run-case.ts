/** Runs one case: the plan that Remit would make, at the case's moment, in the case's repository, by the policy that is tested. */
import { type DecideInput, decide } from "../authority/decide.ts";
import type { RunbookTestCase } from "../authority/runbooks/runbook-test.ts";
import type { Tier } from "../authority/verdict.ts";
import { RemitError } from "../errors.ts";
import type { Incident } from "../incidents/incident.ts";
import type { PlanAnswer } from "../remediation/plan-answer.ts";
import { repositoryReader } from "../remediation/repository-reader.ts";
import { caseTrigger } from "./case-trigger.ts";
import { type Difference, differences } from "./differences.ts";
import { FixtureError } from "./fixture-error.ts";
import { type FixtureInput, openFixture } from "./open-fixture.ts";

export interface CaseResult {
  /** The file with the case, and the case's name. */
  readonly file: string;
  readonly name: string;
  /** Empty: as expected. */
  readonly differences: readonly Difference[];
  /** undefined: the fixture can't be used. */
  readonly answer: PlanAnswer | undefined;
  /** The golden diff that the case names, by its path, and what it would have to hold. */
  readonly golden: { readonly path: string; readonly text: string } | undefined;
  /** For the coverage. */
  readonly seen: Seen;
}

export interface Seen {
  readonly incident: Incident | undefined;
  /** What `decide` was asked, where there was a candidate. */
  readonly decision: DecideInput | undefined;
  readonly tier: Tier | undefined;
}

export interface CaseInput extends Omit<FixtureInput, "given"> {
  readonly file: string;
  readonly test: RunbookTestCase;
}

export async function runCase(input: CaseInput): Promise<CaseResult> {
  const { file, test } = input;
  const named = { file, name: test.name };
  try {
    return { ...named, ...(await run(input)) };
  } catch (error) {
    const told = error instanceof FixtureError || error instanceof RemitError;
    if (!told) throw error;
    const difference: Difference = { what: "fixture", expected: "a fixture that can be used", actual: error.message };
    const seen = { incident: undefined, decision: undefined, tier: undefined };
    return { ...named, differences: [difference], answer: undefined, golden: undefined, seen };
  }
}

async function run(input: CaseInput): Promise<Omit<CaseResult, "file" | "name">> {
  const { workshop, base, test } = input;
  const { given, expect } = test;
  const trigger = await caseTrigger({ workshop, base, given });
  const goldenPath = expect.diff === undefined ? undefined : `${base}/${expect.diff}`;
  const golden = goldenPath === undefined ? undefined : ((await workshop.text(goldenPath)) ?? "");
  const mirror = await openFixture({ ...input, given });
  try {
    const reader = repositoryReader(mirror);
    const revision = await mirror.head();
    let decision: DecideInput | undefined;
    const watched = (asked: DecideInput) => {
      decision = asked;
      return decide(asked);
    };
    const { answer, incident } = await trigger({ reader, revision, now: given.at, decide: watched });
    return {
      differences: differences(expect, answer, golden),
      answer,
      golden: goldenPath === undefined ? undefined : { path: goldenPath, text: answer.patch },
      seen: { incident, decision, tier: answer.tier },
    };
  } finally {
    await mirror.close();
  }
}
