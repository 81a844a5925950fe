/** I2: one commit for one decision on one incident, one merge of it, no merge asked again before another look, and no call twice. */

import { findMarker } from "../../../src/remediation/marker.ts";
import type { IssueRecord } from "../../../src/sandbox/github/world/records.ts";
import { ledgerRef } from "./announced-first.ts";
import { remitCommit, remitHistory } from "./facts.ts";
import type { Invariant } from "./invariant.ts";

export const actsOnce: Invariant = (simulation) => {
  const { github, watch, faults } = simulation;
  const made = new Map<string, string>();
  const asked = new Map<string, number>();
  watch.onSent(({ process, effect, path, at }) => {
    if (effect !== "a merge") return;
    const key = `${process.name} ${path}`;
    const last = asked.get(key);
    if (last !== undefined && (process.lastLook?.at ?? 0) <= last) {
      simulation.fail("I2", `${process.name} asked for the same merge twice without looking in between`);
    }
    asked.set(key, at);
  });
  watch.onAsked(({ moves, merged }) => {
    for (const { ref, to } of moves) {
      if (to === undefined || !ref.startsWith("refs/heads/remit/") || ref === ledgerRef) continue;
      // A branch that nothing was committed to yet is at main's head, which may be a merge of Remit's.
      if (github.git.objects.ancestors(github.mainHead).has(to)) continue;
      const commit = remitCommit(github, to);
      if (commit === undefined) continue;
      const key = `${commit.incident} ${commit.candidate}`;
      const before = made.get(key);
      if (before !== undefined && before !== to) simulation.fail("I2", `a second commit for ${key}: ${ref}`);
      made.set(key, to);
    }
    if (merged === undefined) return;
    const [newest, ...older] = remitHistory(github, merged.commit);
    const same = older.find(
      ({ incident, candidate }) => incident === newest?.incident && candidate === newest.candidate,
    );
    if (same !== undefined) simulation.fail("I2", `${newest?.candidate} of ${newest?.incident} was merged twice`);
    const others = github.world.pulls.filter(
      ({ author, state }) => author === github.world.remit.bot && state === "open",
    );
    for (const other of others) {
      const commit = remitCommit(github, other.head);
      const twin = others.find((one) => one !== other && remitCommit(github, one.head)?.target === commit?.target);
      if (commit !== undefined && twin !== undefined) simulation.fail("I2", `two open changes of ${commit.target}`);
    }
  });
  return async () => {
    const issues = github.world.issues.filter(({ author }) => author === github.world.remit.bot);
    const seen = new Map<string, IssueRecord>();
    for (const issue of issues) {
      const incident = findMarker(issue.body ?? "")?.incident;
      if (incident === undefined) continue;
      const before = seen.get(incident);
      const lagged = faults.struck.some(({ point }) => point === "github: new issue not listed yet");
      // With the store, or with GitHub's answer, went the issue's number, and only open ones are looked through.
      const unanswered = faults.struck.some(
        ({ point }) => point.startsWith("github:") && point.endsWith("after the effect"),
      );
      const forgotten = (simulation.emptied > 0 || unanswered) && before?.state === "closed";
      if (before !== undefined && !lagged && !forgotten) {
        simulation.fail("I2", `issue #${issue.number} is a second one for ${incident}`);
      }
      seen.set(incident, issue);
      const calls = issue.comments.filter(({ author }) => author === github.world.remit.bot).map(({ body }) => body);
      for (const kind of ["handoff", "clock"]) {
        const same = calls.filter((body) => findMarker(body)?.kind === kind);
        if (same.length > 1) simulation.fail("I2", `a person was called ${same.length} times to ${incident}: ${kind}`);
      }
    }
  };
};
