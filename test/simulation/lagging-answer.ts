/** GitHub's lists and refs follow what was written some seconds later: the answer to the one query, as an older replica gives it. */
import { z } from "zod";
import type { RemitProcess } from "./remit-process.ts";

const lagMs = 8_000;

const nodes = z.object({ nodes: z.array(z.looseObject({ number: z.number() })) });
const body = z.looseObject({
  data: z
    .looseObject({
      repository: z
        .looseObject({
          ref: z.unknown().optional(),
          defaultBranchRef: z.looseObject({ target: z.looseObject({ oid: z.string() }) }),
          pullRequests: nodes.optional(),
          openIssues: nodes.optional(),
        })
        .nullish(),
    })
    .nullish(),
});

export async function laggingAnswer(process: RemitProcess, answer: Response): Promise<Response> {
  const { faults, time, github, watch } = process.simulation;
  const { status, headers } = answer;
  const parsed = body.safeParse(await answer.clone().json());
  const repository = parsed.success ? parsed.data.data?.repository : undefined;
  if (!parsed.success || repository === undefined || repository === null) return answer;
  const since = time.now() - lagMs;
  const isNew = ({ number }: { number: number }) =>
    (github.world.threads.find((thread) => thread.number === number)?.createdAt ?? 0) > since;
  let changed = false;
  const hide = (list: z.infer<typeof nodes> | undefined) => {
    if (list === undefined) return;
    list.nodes = list.nodes.filter((node) => !isNew(node));
    changed = true;
  };
  if (repository.pullRequests?.nodes.some(isNew) && faults.strikes("github: new pull request not listed yet")) {
    hide(repository.pullRequests);
  }
  if (repository.openIssues?.nodes.some(isNew) && faults.strikes("github: new issue not listed yet")) {
    hide(repository.openIssues);
  }
  if (repository.ref && watch.youngestRefAt > since && faults.strikes("github: new branch not seen yet")) {
    repository.ref = null;
    changed = true;
  }
  const { before, movedAt } = watch.mainMoved;
  if (before !== undefined && movedAt > since && faults.strikes("github: head of the default branch is stale")) {
    repository.defaultBranchRef.target.oid = before;
    changed = true;
  }
  for (const pull of repository.pullRequests?.nodes ?? []) {
    if (pull.mergeStateStatus !== "CLEAN" || !faults.strikes("github: mergeability not computed yet")) continue;
    pull.mergeStateStatus = "UNKNOWN";
    changed = true;
  }
  process.simulation.looked(process, repository.defaultBranchRef.target.oid);
  if (!changed) return answer;
  process.simulation.say(process.name, "the answer is some seconds old");
  return new Response(JSON.stringify(parsed.data), { status, headers });
}
