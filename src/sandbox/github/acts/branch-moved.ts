/** Everything that follows when a ref got a new value, whoever moved it. */
import { ZERO_OID } from "../git/git-repository.ts";
import { presentApp } from "../present/present-app.ts";
import { presentSuiteFacts } from "../present/present-check.ts";
import { presentHeadCommit } from "../present/present-commit.ts";
import type { Account } from "../world/accounts.ts";
import type { CheckSuiteRecord } from "../world/records.ts";
import type { World } from "../world/world.ts";
import { closeThread } from "./close-thread.ts";
import { pullEvent } from "./pull-event.ts";
import { pushPayload } from "./push-payload.ts";

export interface RefMove {
  /** Full name. */
  readonly ref: string;
  readonly from: string;
  readonly to: string;
  readonly sender: Account;
}

export async function branchMoved(world: World, move: RefMove): Promise<void> {
  if (!move.ref.startsWith("refs/heads/") && !move.ref.startsWith("refs/tags/")) return;
  world.pushedAt = world.now();
  world.emit({ name: "push", action: undefined, sender: move.sender, payload: await pushPayload(world, move) });
  if (!move.ref.startsWith("refs/heads/")) return;
  const branch = move.ref.slice("refs/heads/".length);
  if (move.to !== ZERO_OID) await openSuites(world, branch, move);
  await syncHeads(world, branch, move);
  if (move.to !== ZERO_OID) await noteBaseMoved(world, branch, move);
}

/** GitHub opens a check suite for each App that may report checks. */
async function openSuites(world: World, branch: string, move: RefMove): Promise<void> {
  for (const app of [world.remit, world.ci]) {
    if (world.suites.some((suite) => suite.app === app && suite.head === move.to)) continue;
    const now = world.now();
    const before = move.from === ZERO_OID ? null : move.from;
    const suite: CheckSuiteRecord = {
      id: world.nextId(),
      app,
      head: move.to,
      branch,
      before,
      createdAt: now,
      updatedAt: now,
    };
    world.suites.push(suite);
    // Other Apps hear of a suite only when it is completed.
    if (app === world.remit) await suiteEvent(world, suite, "requested", move.sender);
  }
}

export async function suiteEvent(
  world: World,
  suite: CheckSuiteRecord,
  action: string,
  sender: Account,
): Promise<void> {
  const commit = await world.git.commit(suite.head);
  const url = `${world.apiUrl}/check-suites/${suite.id}`;
  const check_suite = {
    ...presentSuiteFacts(world, suite),
    url,
    after: suite.head,
    app: presentApp(world, suite.app),
    head_commit: presentHeadCommit(commit),
    latest_check_runs_count: world.checkRuns.filter((run) => run.suite === suite).length,
    check_runs_url: `${url}/check-runs`,
  };
  world.emit({ name: "check_suite", action, sender, payload: { action, check_suite } });
}

async function syncHeads(world: World, branch: string, move: RefMove): Promise<void> {
  for (const pull of world.pulls) {
    if (pull.state !== "open" || pull.headRef !== branch) continue;
    const base = await world.git.readRef(`refs/heads/${pull.baseRef}`);
    if (move.to === ZERO_OID || (base !== undefined && (await world.git.isAncestor(move.to, base)))) {
      // A pull request without a branch, or without commits of its own, is closed.
      if (move.to !== ZERO_OID) pull.head = move.to;
      await closeThread(world, pull, move.sender, null);
      continue;
    }
    pull.head = move.to;
    pull.base = base ?? pull.base;
    pull.updatedAt = world.now();
    pull.unknownReads = world.unknownReads;
    if (world.rules.dismissStaleReviews) {
      for (const review of pull.reviews) if (review.state === "APPROVED") review.state = "DISMISSED";
    }
    await writePullRef(world, pull.number, move.to);
    await pullEvent(world, pull, "synchronize", move.sender, { before: move.from, after: move.to });
  }
}

async function noteBaseMoved(world: World, branch: string, move: RefMove): Promise<void> {
  for (const pull of world.pulls) {
    if (pull.state !== "open" || pull.baseRef !== branch) continue;
    pull.unknownReads = world.unknownReads;
    // Somebody merged it by hand and pushed.
    if (await world.git.isAncestor(pull.head, move.to)) {
      pull.merged = { at: world.now(), by: move.sender, commit: move.to };
      await closeThread(world, pull, move.sender, null);
    }
  }
}

/** `refs/pull/N/head` keeps a pull request's commits reachable. */
export async function writePullRef(world: World, number: number, head: string): Promise<void> {
  await world.git.setRef(`refs/pull/${number}/head`, head);
}
