/** Breaks production as a person would, does what people do in the scenario, waits for Remit, and looks at how it ended. */
import { setTimeout as pause } from "node:timers/promises";
import type { IncidentRecord } from "../../store/store.ts";
import { apiRequests } from "./api-requests.ts";
import type { DemoEnd } from "./demo-end.ts";
import { demoLinks } from "./page-state.ts";
import { readCommits } from "./read-commits.ts";
import { reviewPull } from "./review-pull.ts";
import { goodVersion, type Scenario } from "./scenario.ts";
import { flagsFile, overlayFile } from "./shop-files.ts";
import { badFlag, badRelease } from "./shop-history.ts";
import type { DemoWorld } from "./start-demo.ts";
import { troubledService } from "./start-shop-cluster.ts";
import { alertOf } from "./story.ts";
import { verifyRecovery } from "./verify-recovery.ts";

/** Rejects when the options' signal aborts. */
export async function tellStory(world: DemoWorld, pageUrl: string): Promise<DemoEnd> {
  const { options, observer } = world;
  const { pace, scenario, signal } = options;
  const done = new AbortController();
  const stop = signal === undefined ? done.signal : AbortSignal.any([done.signal, signal]);
  await pause(pace.quietMs, undefined, { signal: stop });
  const release = await breakProduction(world);
  const review = scenario.approved ? approve(world, stop) : forever();
  const giveUp = pause(pace.giveUpMs, undefined, { signal: stop });
  await Promise.race([ended(world, stop), review.then(forever), giveUp]).finally(() => done.abort());
  await observer.stop();
  return endOf(world, pageUrl, release);
}

const forever = () => new Promise<never>(() => {});

async function breakProduction({ options, github }: DemoWorld): Promise<string> {
  const breaking = options.scenario.trouble === "flag" ? badFlag : badRelease;
  const { author, message, files } = breaking(options.clock.now());
  options.story.add({ event: "released", actor: "person", message: `${author} merges “${message}”` });
  return github.commitAs(author, { branch: "main", message, files });
}

/** Remit has done all that it will do without people. */
async function ended({ options, observer }: DemoWorld, signal: AbortSignal): Promise<void> {
  while (observer.record === undefined || !isOver(observer.record, options.scenario)) {
    await pause(50, undefined, { signal });
  }
}

function isOver({ response }: IncidentRecord, scenario: Scenario): boolean {
  if (response.closed !== undefined) return true;
  const { remediations, escalated } = response;
  const finished = remediations.length >= scenario.remediations && remediations.every((one) => one.ended !== undefined);
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

async function endOf(world: DemoWorld, pageUrl: string, release: string): Promise<DemoEnd> {
  const { options, github, cluster, observer, remit } = world;
  const { story, clock } = options;
  const since = alertOf(story)?.at ?? story.startedAt;
  const closedAt = observer.record?.response.closed?.at ?? clock.now();
  const requests = apiRequests(github, since);
  const findings = await verifyRecovery({
    gitDirectory: github.gitDirectory,
    branch: "main",
    serviceUrl: cluster.service(troubledService).url,
    service: troubledService,
    version: goodVersion,
    release,
    file: (options.scenario.trouble === "flag" ? flagsFile : overlayFile)(troubledService, "production"),
  });
  const recovered = observer.record?.response.closed?.outcome === "recovered" && findings.every(({ ok }) => ok);
  return {
    recovered,
    why: recovered ? "" : whyNot(world, findings.find(({ ok }) => !ok)?.message),
    seconds: (closedAt - since) / 1_000,
    requests,
    problems: remit.problems,
    violations: github.violations,
    findings,
    commits: await readCommits(github.gitDirectory, "main", 3),
    links: demoLinks(world, pageUrl),
    repository: github.gitDirectory,
  };
}

function whyNot({ observer }: DemoWorld, finding: string | undefined): string {
  const response = observer.record?.response;
  const reason = response?.escalated?.reasons[0]?.message ?? response?.closed?.reasons[0]?.message;
  if (reason !== undefined) return `Remit called a person (${reason})`;
  return finding ?? "the demo gave up waiting";
}
