/** The whole loop in one process: a GitHub stand-in, a cluster and Remit itself, talking to each other over HTTP. */
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import type { Clock } from "../../clock.ts";
import { gitReader } from "../cluster/git-reader.ts";
import type { Receiver } from "../cluster/post-json.ts";
import type { GitHubStandIn } from "../github/start-github.ts";
import type { Link, PageState } from "../page/page-state.ts";
import { type Page, startPage } from "../page/start-page.ts";
import { apiRequests } from "./api-requests.ts";
import { approvePull } from "./approve-pull.ts";
import type { DemoEnd } from "./demo-end.ts";
import { observeCluster } from "./observe-cluster.ts";
import { observeRemit, type RemitObserver } from "./observe-remit.ts";
import type { Pace } from "./pace.ts";
import { pageOf } from "./page-of.ts";
import { readCommits } from "./read-commits.ts";
import { goodVersion, type Scenario } from "./scenario.ts";
import { shopRepository } from "./shop-files.ts";
import { badRelease } from "./shop-history.ts";
import { type DemoRemit, startRemit } from "./start-remit.ts";
import { alertThreshold, type ShopCluster, startShopCluster, troubledService } from "./start-shop-cluster.ts";
import { startShopGitHub } from "./start-shop-github.ts";
import type { Story } from "./story.ts";
import { verifyRecovery } from "./verify-recovery.ts";

export interface DemoOptions {
  readonly scenario: Scenario;
  readonly pace: Pace;
  /** Everything that the demo writes goes below it. */
  readonly directory: string;
  /** Of the page; 0 for a free one. */
  readonly port: number;
  readonly clock: Clock;
  readonly story: Story;
  /** Ends the story early. */
  readonly signal?: AbortSignal;
  /** Watches the service and sends the alerts instead of the sandbox's own feed. */
  readonly monitor?: (serviceUrl: string, receiver: Receiver) => Promise<{ close(): Promise<void> }>;
}

export interface Demo {
  readonly pageUrl: string;
  /** Runs the story to its end. Call it once. */
  run(): Promise<DemoEnd>;
  close(): Promise<void>;
}

interface World {
  readonly options: DemoOptions;
  readonly github: GitHubStandIn;
  readonly remit: DemoRemit;
  readonly cluster: ShopCluster;
  readonly observer: RemitObserver;
}

/** Everything runs and is healthy when it resolves. */
export async function startDemo(options: DemoOptions): Promise<Demo> {
  const { scenario, pace, clock, story, directory } = options;
  const closing: { close(): Promise<void> }[] = [];
  const opened = <T extends { close(): Promise<void> }>(one: T): T => {
    closing.unshift(one);
    return one;
  };
  const close = async () => {
    for (const one of closing.splice(0)) await one.close();
  };
  try {
    await mkdir(directory, { recursive: true });
    const github = opened(await startShopGitHub({ directory: join(directory, "github"), scenario, clock }));
    const remit = opened(
      await startRemit({ directory: join(directory, "remit"), github, settings: pace.remit, clock }),
    );
    github.setWebhook(remit.webhookUrl);
    const tell = observeCluster(story, troubledService);
    const cluster = opened(
      await startShopCluster({
        gitDirectory: github.gitDirectory,
        scenario,
        pace,
        clock,
        argocd: remit.argocd,
        alertmanager: options.monitor === undefined ? remit.alertmanager : undefined,
        onEvent(event) {
          tell(event);
          if (event.kind === "alert-firing" && scenario.suspendedAfterMerge) cluster.suspend();
        },
      }),
    );
    if (options.monitor !== undefined) {
      opened(await options.monitor(cluster.service(troubledService).url, remit.alertmanager));
    }
    const observer = observeRemit({ read: remit.incident, story, git: gitReader(github.gitDirectory), everyMs: 50 });
    opened({ close: () => observer.stop() });
    const world = { options, github, remit, cluster, observer };
    let end: DemoEnd | undefined;
    const page: Page = opened(await startPage(options.port, () => pageState(world, page, end)));
    const run = async () => {
      end = await tellStory(world, page);
      return end;
    };
    return { pageUrl: page.url, run, close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function tellStory(world: World, page: Page): Promise<DemoEnd> {
  const { options, github, observer } = world;
  const { story, pace, scenario, clock } = options;
  const done = new AbortController();
  const stop = AbortSignal.any([done.signal, ...(options.signal === undefined ? [] : [options.signal])]);
  await pause(pace.quietMs, undefined, { signal: stop });
  const release = badRelease(clock.now());
  const commit = await github.commitAs(release.author, {
    branch: "main",
    message: release.message,
    files: release.files,
  });
  const message = `alice merges ${commit.slice(0, 10)}: ${release.message}`;
  story.add({ event: "released", actor: "person", message, data: { commit } });

  const review = scenario.approved ? approve(world, stop) : forever();
  await Promise.race([ended(world), review.then(forever), pause(pace.giveUpMs, undefined, { signal: stop })]);
  done.abort();
  await observer.stop();
  return endOf(world, page, commit);
}

const forever = () => new Promise<void>(() => {});

/** Remit closed the incident, or called a person: from here on it waits for people. */
async function ended({ options, cluster }: World): Promise<void> {
  const last = await options.story.first(
    ({ event, actor }) => actor === "remit" && ["closed", "escalated"].includes(event),
  );
  // The scenario in which nothing is delivered leaves a suspended controller behind; the demo doesn't wake it.
  if (last.event === "closed") cluster.resume();
}

async function approve({ options, github }: World, signal: AbortSignal): Promise<void> {
  const { story, pace } = options;
  const proposed = await story.first(({ event }) => event === "proposed");
  await pause(pace.reviewMs, undefined, { signal });
  const pull = Number(proposed.data.number);
  await approvePull({ apiUrl: github.apiUrl, repository: shopRepository, token: github.tokens.bob, pull });
  story.add({ event: "approved", actor: "person", message: `bob approves pull request #${pull}`, data: { pull } });
}

async function endOf(world: World, page: Page, release: string): Promise<DemoEnd> {
  const { options, github, cluster, observer, remit } = world;
  const { story, clock } = options;
  const findings = await verifyRecovery({
    gitDirectory: github.gitDirectory,
    branch: "main",
    serviceUrl: cluster.service(troubledService).url,
    service: troubledService,
    version: goodVersion,
    release,
  });
  const alert = alertOf(story);
  const outcome = observer.record?.response.closed?.outcome;
  const recovered = outcome === "recovered" && findings.every(({ ok }) => ok);
  return {
    recovered,
    why: recovered ? "" : whyNot(world, findings.find(({ ok }) => !ok)?.message),
    seconds: (clock.now() - (alert?.at ?? story.startedAt)) / 1_000,
    requests: apiRequests(github, alert?.at ?? story.startedAt),
    problems: remit.problems,
    findings,
    commits: await readCommits(github.gitDirectory, "main", 3),
    links: links(world, page),
    repository: github.gitDirectory,
  };
}

/** With a monitor from outside, the first that is heard of the alert is the incident. */
function alertOf(story: Story) {
  return story.events.find(({ event }) => event === "alert-firing" || event === "opened");
}

function whyNot({ observer }: World, finding: string | undefined): string {
  const response = observer.record?.response;
  const reason = response?.escalated?.reasons[0]?.message ?? response?.closed?.reasons[0]?.message;
  if (reason !== undefined) return `Remit called a person (${reason})`;
  return finding ?? "the demo gave up waiting";
}

function links({ cluster, remit, github }: World, page: Page): readonly Link[] {
  const { url } = cluster.service(troubledService);
  return [
    { label: "this page", url: page.url },
    { label: "the repository", url: `${github.url}/${shopRepository}` },
    { label: "its pull requests", url: `${github.url}/${shopRepository}/pulls` },
    { label: "Remit", url: remit.url },
    { label: "the service", url },
    { label: "its metrics", url: `${url}/metrics` },
  ];
}

async function pageState(world: World, page: Page, end: DemoEnd | undefined): Promise<PageState> {
  const { options, cluster, github, observer } = world;
  const { story, scenario, pace, clock } = options;
  const alert = alertOf(story);
  return pageOf({
    scenario: scenario.name,
    story,
    service: troubledService,
    version: cluster.service(troubledService).version,
    samples: cluster.samples(troubledService),
    pointMs: pace.cluster.scrapeMs * 4,
    threshold: alertThreshold,
    pull: observer.pull,
    requests: end?.requests ?? (alert === undefined ? undefined : apiRequests(github, alert.at)),
    commits: await readCommits(github.gitDirectory, "main", 5),
    links: links(world, page),
    outcome: end === undefined ? "running" : end.recovered ? "recovered" : "not-recovered",
    now: end === undefined ? clock.now() : (story.events.at(-1)?.at ?? clock.now()),
  });
}
