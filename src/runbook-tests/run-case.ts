/** Runs one case: the plan that Remit would make, at the case's moment, in the case's repository, by the policy that is tested. */
import { type DecideInput, decide } from "../authority/decide.ts";
import type { RunbookTestCase } from "../authority/runbooks/runbook-test.ts";
import type { Tier } from "../authority/verdict.ts";
import { RemitError } from "../errors.ts";
import type { Incident } from "../incidents/incident.ts";
import { incidentFromAlerts } from "../remediation/incident-from-alerts.ts";
import type { PlanAnswer } from "../remediation/plan-answer.ts";
import { planFromAlerts } from "../remediation/plan-from-alerts.ts";
import { repositoryReader } from "../remediation/repository-reader.ts";
import { alertmanager } from "../signals/alertmanager.ts";
import type { Signal } from "../signals/signal.ts";
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
  const body = await alertBody(input);
  const goldenPath = expect.diff === undefined ? undefined : `${base}/${expect.diff}`;
  const golden = goldenPath === undefined ? undefined : ((await workshop.text(goldenPath)) ?? "");
  const mirror = await openFixture({ ...input, given });
  try {
    const reader = repositoryReader(mirror);
    const revision = await mirror.head();
    const signals = parseAlert(body, mirror.repository, given.at);
    const found = await incidentFromAlerts(reader, revision, signals);
    let decision: DecideInput | undefined;
    const watched = (asked: DecideInput) => {
      decision = asked;
      return decide(asked);
    };
    const answer = await planFromAlerts({ reader, revision, signals, now: given.at, decide: watched });
    return {
      differences: differences(expect, answer, golden),
      answer,
      golden: goldenPath === undefined ? undefined : { path: goldenPath, text: answer.patch },
      seen: { incident: "incident" in found ? found.incident : undefined, decision, tier: answer.tier },
    };
  } finally {
    await mirror.close();
  }
}

async function alertBody({ workshop, base, test: { given } }: CaseInput): Promise<unknown> {
  if (given.alert === undefined) {
    throw new FixtureError("command: this version of Remit takes no commands; give the case an alert");
  }
  const path = `${base}/${given.alert}`;
  const text = await workshop.text(path);
  if (text === undefined) throw new FixtureError(`alert: there is no file ${path}`);
  try {
    return JSON.parse(text);
  } catch {
    throw new FixtureError(`alert: ${path} isn't JSON`);
  }
}

function parseAlert(body: unknown, repository: string, observedAt: number): readonly Signal[] {
  return alertmanager.parse(body, { source: "test", repository, observedAt });
}
