/** Tells a scenario round by round: what people, customers and time do, what Remit makes of it, and how it looks from outside. */
import { setTimeout as pause } from "node:timers/promises";
import type { IncidentRecord } from "../../store/store.ts";
import { gitReader } from "../cluster/git-reader.ts";
import { apiRequests } from "./api-requests.ts";
import type { DemoEnd } from "./demo-end.ts";
import { demoLinks } from "./page-state.ts";
import { performAct } from "./perform-act.ts";
import { readCommits } from "./read-commits.ts";
import { reviewPull } from "./review-pull.ts";
import { goodVersion, type Round } from "./scenario.ts";
import type { DemoWorld } from "./start-demo.ts";
import { troubledService } from "./start-shop-cluster.ts";
import { alertOf } from "./story.ts";
import { type Finding, verifyRecovery } from "./verify-recovery.ts";

const branch = "main";

/** Rejects when the options' signal aborts. */
export async function tellStory(world: DemoWorld, pageUrl: string): Promise<DemoEnd> {
  const { options, observer, github } = world;
  const { pace, scenario, signal } = options;
  const done = new AbortController();
  const stop = signal === undefined ? done.signal : AbortSignal.any([done.signal, signal]);
  const before = await headOf(github.gitDirectory);
  const findings: Finding[] = [];
  const review = scenario.approved ? approve(world, stop) : forever();
  const giveUp = pause(pace.giveUpMs * scenario.rounds.length, undefined, { signal: stop });
  const told = async () => {
    for (const [index, round] of scenario.rounds.entries()) {
      findings.push(...(await play(world, round, { index, before, stop })));
      // What is with a person stays there.
      if (observer.records[index]?.response.closed?.outcome !== "recovered") return;
    }
  };
  await Promise.race([told(), review.then(forever), giveUp]).finally(() => done.abort());
  await observer.stop();
  return endOf(world, pageUrl, findings);
}

const forever = () => new Promise<never>(() => {});

interface Play {
  /** Of the round, and of its incident. */
  readonly index: number;
  /** Head of the branch before the first act. */
  readonly before: string;
  readonly stop: AbortSignal;
}

/** Plays one round until Remit has done all that it will do without people, and looks at what it left. */
async function play(world: DemoWorld, round: Round, { index, before, stop }: Play): Promise<readonly Finding[]> {
  const { options, github, cluster, observer } = world;
  for (const act of round.acts) {
    await pause(options.pace.quietMs, undefined, { signal: stop });
    await performAct(act, world);
  }
  const since = await headOf(github.gitDirectory);
  for (let record = observer.records[index]; !isOver(record, round); record = observer.records[index]) {
    await pause(50, undefined, { signal: stop });
  }
  const { url } = cluster.service(troubledService);
  const findings = await verifyRecovery({
    gitDirectory: github.gitDirectory,
    branch,
    serviceUrl: url,
    service: troubledService,
    version: goodVersion,
    before,
    since,
    file: round.file,
    isChanged: round.remediations > 0,
    becomes: round.becomes,
  });
  const { when } = round;
  return when === undefined ? findings : findings.map(({ ok, message }) => ({ ok, message: `${when}: ${message}` }));
}

function isOver(record: IncidentRecord | undefined, round: Round): boolean {
  if (record === undefined) return false;
  const { remediations, escalated, closed } = record.response;
  if (closed !== undefined) return true;
  const finished = remediations.length >= round.remediations && remediations.every((one) => one.ended !== undefined);
  return escalated !== undefined && finished;
}

async function approve({ options, github }: DemoWorld, signal: AbortSignal): Promise<void> {
  const { story, pace } = options;
  const { apiUrl, repository, tokens } = github;
  const pull = await reviewPull({
    apiUrl,
    repository,
    token: tokens.bob,
    // GitHub may know of it before the story does.
    found: (number) => story.first(({ event, data }) => event === "proposed" && data.number === number),
    thinkMs: pace.reviewMs,
    signal,
  });
  story.add({ event: "approved", actor: "person", message: `bob approves pull request #${pull}`, data: { pull } });
}

async function endOf(world: DemoWorld, pageUrl: string, findings: readonly Finding[]): Promise<DemoEnd> {
  const { options, github, observer, remit } = world;
  const { story, clock, scenario } = options;
  const since = alertOf(story)?.at ?? story.startedAt;
  const [first] = observer.records;
  const closedAt = first?.response.closed?.at ?? clock.now();
  const closed = observer.records.filter(({ response }) => response.closed?.outcome === "recovered");
  const allClosed = closed.length === scenario.rounds.length;
  const recovered = allClosed && findings.every(({ ok }) => ok);
  return {
    recovered,
    why: recovered ? "" : whyNot(world, findings.find(({ ok }) => !ok)?.message),
    seconds: (clock.unjumped(closedAt) - clock.unjumped(since)) / 1_000,
    requests: apiRequests(github, since),
    problems: remit.problems,
    violations: github.violations,
    findings,
    commits: await readCommits(github.gitDirectory, branch, 3),
    links: demoLinks(world, pageUrl),
    repository: github.gitDirectory,
  };
}

function whyNot({ observer }: DemoWorld, finding: string | undefined): string {
  const responses = observer.records.map(({ response }) => response);
  const stopped = responses.find(({ escalated, closed }) => escalated ?? (closed?.outcome !== "recovered" && closed));
  const reason = stopped?.escalated?.reasons[0]?.message ?? stopped?.closed?.reasons[0]?.message;
  if (reason !== undefined) return `Remit called a person (${reason})`;
  return finding ?? "the demo gave up waiting";
}

async function headOf(gitDirectory: string): Promise<string> {
  const head = await gitReader(gitDirectory).head(branch);
  if (head === undefined) throw new Error(`there is no branch ${branch}`);
  return head;
}
