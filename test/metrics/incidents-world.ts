/** A repository of October 2026 with thirty incidents, all of it counted by hand in the test that reads it. */
import { formatTrailers } from "../../src/ledger/trailers.ts";
import { type GitRepository, gitRepository } from "../gitops/git-repository.ts";

export interface Told {
  /** When it came to the branch: `07T10:05`, of October 2026. */
  readonly at: string;
  /** The author's date; the same otherwise. */
  readonly written?: string;
  readonly message: string;
  readonly author?: string;
  /** By path. */
  readonly files: Readonly<Record<string, string>>;
  /** Brought in by a merge commit: its message. The commit itself then is on a branch. */
  readonly mergedAs?: string;
}

export const ada = "Ada <ada@example.com>";
export const remit = "remit[bot] <1+remit[bot]@users.noreply.github.com>";

export function pathOf(service: string): string {
  return `apps/${service}/deployment.yaml`;
}

export function running(service: string, tag: string, replicas = 2): Record<string, string> {
  return {
    [pathOf(service)]:
      `spec:\n  replicas: ${replicas}\n  template:\n    spec:\n      containers:\n        - name: ${service}\n          image: registry.example/shop/${service}:${tag}\n`,
  };
}

export interface Trailers {
  readonly incident: string;
  readonly service: string;
  readonly action?: string;
  readonly tier?: string;
  /** As in `Told.at`. */
  readonly detected: string;
  /** Digests before and after. */
  readonly change?: string;
  readonly expires?: string;
}

export function remitMessage(title: string, told: Trailers): string {
  const trailers = formatTrailers({
    "Remit-Incident": told.incident,
    "Remit-Action": told.action ?? "rollback",
    "Remit-Target": `${told.service}/production`,
    "Remit-Tier": told.tier ?? "merge",
    "Remit-Candidate": "a".repeat(24),
    ...(told.change === undefined ? {} : { "Remit-Change": told.change }),
    "Remit-Detected": iso(told.detected),
    ...(told.expires === undefined ? {} : { "Remit-Expires": iso(told.expires), "Remit-Holder": told.incident }),
  });
  return `${title}\n\n${told.service} is in trouble.\n\n${trailers}`;
}

export function iso(moment: string): string {
  return `2026-10-${moment}:00.000Z`;
}

/** One `git fast-import`; the commits in the order of their times, after a root of September. */
export function repositoryOf(root: Readonly<Record<string, string>>, commits: readonly Told[]): GitRepository {
  const repository = gitRepository();
  const ordered = commits.toSorted((a, b) => (a.at < b.at ? -1 : 1));
  const start = Date.parse("2026-09-01") / 1000;
  const stream = [
    commit("refs/heads/main", [start, start], ada, "Begin"),
    ...files(root),
    ...ordered.flatMap((told, index) => streamOf(told, index)),
  ];
  repository.import(`${stream.join("\n")}\ndone\n`);
  return repository;
}

function streamOf(
  { at, written = at, message, author = ada, files: changed, mergedAs }: Told,
  index: number,
): string[] {
  const [arrived, authored] = [at, written].map((moment) => Date.parse(iso(moment)) / 1000);
  if (arrived === undefined || authored === undefined) throw new Error("times are missing");
  if (mergedAs === undefined)
    return [commit("refs/heads/main", [authored, arrived], author, message), ...files(changed)];
  const branch = `refs/heads/branch-${index}`;
  return [
    commit(branch, [authored, authored], author, message),
    "from refs/heads/main",
    ...files(changed),
    commit("refs/heads/main", [arrived, arrived], ada, mergedAs),
    `merge ${branch}`,
    ...files(changed),
  ];
}

function commit(
  branch: string,
  [authored, arrived]: readonly [number, number],
  author: string,
  message: string,
): string {
  const by = `author ${author} ${authored} +0000\ncommitter GitHub <noreply@github.com> ${arrived} +0000`;
  return `commit ${branch}\n${by}\ndata ${Buffer.byteLength(message)}\n${message}`;
}

function files(changed: Readonly<Record<string, string>>): string[] {
  return Object.entries(changed).map(
    ([path, text]) => `M 100644 inline ${path}\ndata ${Buffer.byteLength(text)}\n${text}`,
  );
}
