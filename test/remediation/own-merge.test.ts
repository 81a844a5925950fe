/** GitHub moves the base branch before it says that the pull request is merged. What stands there then is Remit's own change. */
import { describe, expect, it } from "vitest";
import { nextStep } from "../../src/remediation/next-step.ts";
import type { IncidentWorld } from "../support/incident-world.ts";
import { minute as aMinute } from "../support/incident-world.ts";
import { incidentWorlds } from "../support/incident-worlds.ts";
import { left, people, play, pullNumber, shop } from "../support/play.ts";
import { assessment, minute, open, t0 } from "../support/situation.ts";

const opened = incidentWorlds();

/** As if GitHub hadn't said it yet. Answers how to end that. */
function keepOpen(made: IncidentWorld): () => void {
  const { read } = made.forge;
  made.forge.read = async (query) => {
    const view = await read(query);
    if (view.pull === undefined) return view;
    const { mergeCommit: _, mergedAt: __, ...pull } = view.pull;
    return {
      ...view,
      pull: { ...pull, state: "open", mergeState: "clean", mergeCommit: undefined, mergedAt: undefined },
    };
  };
  return () => {
    made.forge.read = read;
  };
}

describe("a change of Remit's that is on the base branch", { timeout: 120_000 }, () => {
  it.each([
    ["squash", undefined],
    ["merge", "Merge it"],
  ] as const)(
    "by a %s that GitHub hasn't told of yet isn't taken for somebody else's",
    async (merge_method, commit_title) => {
      const made = await opened({ tier: "propose" });
      await play(made, { looks: 3 });
      const pull_number = await pullNumber(made);
      await people(made, "alice").rest.pulls.merge({
        ...shop,
        pull_number,
        merge_method,
        ...(commit_title && { commit_title, commit_message: "" }),
      });
      const told = keepOpen(made);
      await made.receive([made.event("push")]);
      await made.reconcile();
      const [waiting] = await made.store.incidents.list(1);
      expect(waiting?.response.remediations.map(({ ended }) => ended)).toEqual([undefined]);
      expect(waiting?.response.escalated).toBeUndefined();
      told();
      made.clock.advance(aMinute);
      await made.receive([made.event("pull_request", "closed")]);
      await made.reconcile();
      const [record] = await made.store.incidents.list(1);
      expect(record?.response.remediations.at(-1)?.merged?.commit).toBe(await made.mainHead());
      expect(await left(made)).toMatchObject({ comments: [0] });
    },
  );

  it("isn't waited for longer than checks may take, and somebody else's isn't at all", () => {
    const obstacle = { code: "already-restored", message: "somebody made the same change already" } as const;
    const step = (mergedAt: number | undefined, now: number) =>
      nextStep(open({ now, assessment: assessment({ obstacle, mergedAt }) }));
    const now = t0 + 31 * minute;
    expect(step(t0 + 2 * minute, now)).toMatchObject({ do: "wait", reason: { code: "merge-blocked" } });
    expect(step(t0 + minute, now)).toEqual({ do: "withdraw", reason: obstacle });
    expect(step(undefined, now)).toEqual({ do: "withdraw", reason: obstacle });
  });
});
