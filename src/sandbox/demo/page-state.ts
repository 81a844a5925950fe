/** Gathers what the demo's page shows from the world that runs. */
import type { Link, PageState } from "../page/page-state.ts";
import { apiRequests } from "./api-requests.ts";
import type { DemoEnd } from "./demo-end.ts";
import { pageOf } from "./page-of.ts";
import { readCommits } from "./read-commits.ts";
import { alertThreshold } from "./shop-alerts.ts";
import { shopRepository } from "./shop-files.ts";
import type { DemoWorld } from "./start-demo.ts";
import { troubledService } from "./start-shop-cluster.ts";
import { alertOf } from "./story.ts";

export async function pageState(world: DemoWorld, pageUrl: string, end: DemoEnd | undefined): Promise<PageState> {
  const { options, cluster, github, observer } = world;
  const { story, scenario, pace, clock } = options;
  const alert = alertOf(story);
  return pageOf({
    scenario,
    clock,
    story,
    service: troubledService,
    version: cluster.service(troubledService).version,
    pods: cluster.pods(troubledService).count,
    samples: cluster.samples(troubledService),
    pointMs: pace.cluster.scrapeMs * 4,
    threshold: alertThreshold,
    pull: observer.pull,
    requests:
      alert === undefined
        ? undefined
        : { made: end?.requests ?? apiRequests(github, alert.at), most: 8 * Math.max(1, observer.records.length) },
    commits: await readCommits(github.gitDirectory, "main", 5),
    links: demoLinks(world, pageUrl),
    outcome: end === undefined ? "running" : end.recovered ? "recovered" : "not-recovered",
    now: end === undefined ? clock.now() : (story.events.at(-1)?.at ?? clock.now()),
  });
}

/** The addresses to look at while everything runs. */
export function demoLinks({ cluster, remit, github }: DemoWorld, pageUrl: string): readonly Link[] {
  const { url } = cluster.service(troubledService);
  return [
    { label: "this page", url: pageUrl },
    { label: "the repository", url: `${github.url}/${shopRepository}` },
    { label: "its pull requests", url: `${github.url}/${shopRepository}/pulls` },
    { label: "Remit's incidents", url: `${remit.adminUrl}/api/incidents` },
    { label: "the service", url },
    { label: "its metrics", url: `${url}/metrics` },
  ];
}
