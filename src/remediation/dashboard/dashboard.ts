/** How a repository stands with Remit, as plain data: from the store, from git, and what GitHub says of the stop switches. */
import type { AuthorityState } from "../../authority/decide.ts";
import { windowState } from "../../authority/freeze/window-state.ts";
import type { RunbookState } from "../../authority/runbooks/runbook.ts";
import type { Instant } from "../../clock.ts";
import type { IncidentRecord, Store } from "../../store/store.ts";
import { holdOf } from "../comments/hold-of.ts";
import { type RepositoryReader, stopPath } from "../repository-reader.ts";
import { type Agreement, agreements } from "../shadow/agreement.ts";
import { type StandingLease, standingLeases } from "../standing-leases.ts";

export interface Dashboard {
  readonly repository: string;
  /** Oldest first. */
  readonly incidents: readonly IncidentRecord[];
  /** Ids of those that somebody holds. */
  readonly held: ReadonlySet<string>;
  readonly authority: AuthorityState;
  readonly runbooks: RunbookState;
  readonly windows: readonly OpenWindow[];
  /** Newest first. */
  readonly leases: readonly StandingLease[] | "unreadable";
  /** Where Remit might not act: how often people merged what it would have. */
  readonly agreement: readonly Agreement[];
  readonly stop: {
    readonly file: boolean;
    readonly issue: number | undefined;
    readonly environment: boolean;
  };
  /** What Remit last did about a checkbox, for whoever ticked it; undefined: nothing lately. */
  readonly said: string | undefined;
}

/** Of the policy's deny windows, one that is open. */
export interface OpenWindow {
  readonly until: Instant | undefined;
  readonly reason: string | undefined;
  readonly environments: readonly string[];
  readonly services: readonly string[];
}

export interface DashboardInput {
  readonly repository: string;
  readonly reader: RepositoryReader;
  readonly incidents: Pick<Store["incidents"], "open">;
  readonly shadows: Pick<Store["shadows"], "results">;
  readonly stopIssue: number | undefined;
  readonly stopEnvironment: boolean;
  readonly said: string | undefined;
  readonly now: Instant;
}

export async function gatherDashboard(input: DashboardInput): Promise<Dashboard> {
  const { repository, reader, now } = input;
  const revision = await reader.mirror.head();
  const [incidents, authority, runbooks, leases, results, stopFile] = await Promise.all([
    input.incidents.open(repository),
    reader.authority(revision),
    reader.runbooks(revision),
    standingLeases(reader, revision, now),
    input.shadows.results(repository),
    reader.texts(revision, [stopPath]),
  ]);
  return {
    repository,
    incidents,
    held: new Set(
      incidents.filter(({ response }) => holdOf({ response, now }) !== undefined).map(({ incident }) => incident.id),
    ),
    authority,
    runbooks,
    windows: openWindows(authority, now),
    leases,
    agreement: agreements(results),
    stop: { file: stopFile.has(stopPath), issue: input.stopIssue, environment: input.stopEnvironment },
    said: input.said,
  };
}

export function openWindows(authority: AuthorityState, now: Instant): readonly OpenWindow[] {
  if (authority.kind !== "present") return [];
  return authority.authority.freeze.flatMap((window) => {
    const state = windowState(window, now);
    if (window.kind !== "deny" || !state.open) return [];
    const { environments, services } = window.match;
    return [{ until: state.until, reason: window.reason, environments, services }];
  });
}
