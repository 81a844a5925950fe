/** What happens to an incident world, and what it leaves behind. */
import { Octokit } from "@octokit/rest";
import { type IncidentWorld, minute } from "./incident-world.ts";

export function people(made: IncidentWorld, login: "alice" | "bob" | "carol" | "mallory"): Octokit {
  return new Octokit({ baseUrl: made.github.apiUrl, auth: made.github.tokens[login] });
}

export const shop = { owner: "acme", repo: "shop" };

/** Everything that an incident may leave behind on GitHub, without ids and times. */
export async function left(made: IncidentWorld) {
  const alice = people(made, "alice").rest;
  const { data: pulls } = await alice.pulls.list({ ...shop, state: "all" });
  const { data: issues } = await alice.issues.listForRepo({ ...shop, state: "all" });
  const { data: commits } = await alice.repos.listCommits({ ...shop, sha: "main" });
  const incidents = issues.filter((issue) => issue.pull_request === undefined);
  const comments = await Promise.all(
    incidents.map(({ number }) => alice.issues.listComments({ ...shop, issue_number: number })),
  );
  const checks = await Promise.all(pulls.map(({ head }) => alice.checks.listForRef({ ...shop, ref: head.sha })));
  return {
    pulls: pulls.map(({ title, state, merged_at }) => ({ title, state, merged: merged_at !== null })),
    issues: incidents.map(({ title, state }) => ({ title, state })),
    comments: comments.map(({ data }) => data.length),
    gates: checks.map(({ data }) => data.check_runs.filter(({ name }) => name === "remit/gate").length),
    ours: commits.filter(({ commit }) => commit.message.includes("Remit-Incident:")).length,
    deployed: await made.deployed(),
  };
}

/** A bad release, an alert, and a controller that follows main; until nothing is open or `looks` are used up. */
export async function play(made: IncidentWorld, options: { helps?: boolean; delivers?: boolean; looks?: number } = {}) {
  const { helps = true, delivers = true, looks = 30 } = options;
  await made.release();
  made.clock.advance(13 * minute);
  await made.receive([made.firing()]);
  let seen = await made.mainHead();
  for (let look = 0; look < looks; look++) {
    await made.reconcile();
    if ((await made.store.incidents.open()).length === 0) break;
    made.clock.advance(minute);
    const head = await made.mainHead();
    if (head !== seen && delivers) {
      seen = head;
      await made.receive([made.applied(head)]);
    }
    if (head !== seen) continue;
    const good = (await made.deployed()).includes("v1.4.2");
    if (good && helps) await made.receive([made.resolved()]);
    else await notifyAgain(made);
  }
}

/** Remit looks at its leases and incidents each minute, and a controller follows main; until nothing is open or `looks` are used up. */
export async function follow(made: IncidentWorld, looks: number, quiet: () => Promise<unknown> = async () => {}) {
  let seen = await made.mainHead();
  for (let look = 0; look < looks; look++) {
    await made.endLeases();
    await made.reconcile();
    if ((await made.store.incidents.open()).length === 0) return;
    made.clock.advance(minute);
    const head = await made.mainHead();
    if (head === seen) await quiet();
    else await made.receive([made.applied(head)]);
    seen = head;
  }
}

/** Alertmanager repeats what still fires; a repeat is no new delivery, only a sighting. */
export async function notifyAgain(made: IncidentWorld) {
  const alert = made.firing();
  const { source, fingerprint, startsAt, status } = alert;
  const body = JSON.stringify({ fingerprint, startsAt, status });
  await made.store.inbox.accept({
    source,
    type: "alertmanager",
    event: "",
    dedupeKey: body,
    body,
    receivedAt: made.clock.now(),
    sightings: [{ fingerprint, startsAt, status }],
  });
}

export async function pullNumber(made: IncidentWorld): Promise<number> {
  const { data } = await people(made, "alice").rest.pulls.list(shop);
  return data[0]?.number ?? 0;
}
