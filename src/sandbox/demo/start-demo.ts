/** The whole loop in one process: a GitHub stand-in, a cluster and Remit itself, talking to each other over HTTP. */
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { gitReader } from "../cluster/git-reader.ts";
import type { Receiver } from "../cluster/post-json.ts";
import type { GitHubStandIn } from "../github/start-github.ts";
import { type Page, startPage } from "../page/start-page.ts";
import type { DemoEnd } from "./demo-end.ts";
import type { JumpClock } from "./jump-clock.ts";
import { observeCluster } from "./observe-cluster.ts";
import { observeRemit, type RemitObserver } from "./observe-remit.ts";
import type { Pace } from "./pace.ts";
import { pageState } from "./page-state.ts";
import type { Scenario } from "./scenario.ts";
import { shopRepository } from "./shop-files.ts";
import { type DemoRemit, startRemit } from "./start-remit.ts";
import { type ShopCluster, startShopCluster, troubledService } from "./start-shop-cluster.ts";
import { startShopGitHub } from "./start-shop-github.ts";
import type { Story } from "./story.ts";
import { tellStory } from "./tell-story.ts";

export interface DemoOptions {
  readonly scenario: Scenario;
  readonly pace: Pace;
  /** Everything that the demo writes goes below it. */
  readonly directory: string;
  /** Of the page; 0 for a free one. */
  readonly port: number;
  readonly clock: JumpClock;
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

/** Everything that runs while the story is told. */
export interface DemoWorld {
  readonly options: DemoOptions;
  readonly github: GitHubStandIn;
  readonly remit: DemoRemit;
  readonly cluster: ShopCluster;
  readonly observer: RemitObserver;
}

/** Everything runs and is healthy when it resolves. */
export async function startDemo(options: DemoOptions): Promise<Demo> {
  const { scenario, pace, clock, story, directory } = options;
  const settings = scenario.inVain === undefined ? pace.remit : { ...pace.remit, [scenario.inVain]: pace.inVainMs };
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
      await startRemit({
        directory: join(directory, "remit"),
        github,
        settings,
        clock,
        leasesEveryMs: pace.leasesEveryMs,
      }),
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
          if (event.kind === "alert-firing" && scenario.suspended) cluster.suspend();
        },
      }),
    );
    if (options.monitor !== undefined) {
      opened(await options.monitor(cluster.service(troubledService).url, remit.alertmanager));
    }
    const observer = observeRemit({ read: remit.incidents, story, git: gitReader(github.gitDirectory), everyMs: 50 });
    opened({ close: () => observer.stop() });
    const world: DemoWorld = { options, github, remit, cluster, observer };
    let end: DemoEnd | undefined;
    const page: Page = opened(await startPage(options.port, () => pageState(world, page.url, end)));
    story.add({
      event: "ready",
      actor: "demo",
      message: `Watch it on ${page.url} and ${github.url}/${shopRepository}/pulls`,
      data: { page: page.url, github: github.url, remit: remit.url },
    });
    const run = async () => {
      end = await tellStory(world, page.url);
      return end;
    };
    return { pageUrl: page.url, run, close };
  } catch (error) {
    await close();
    throw error;
  }
}
