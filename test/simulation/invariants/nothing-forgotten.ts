/** A3: what was open when the store was lost, and stood in the ledger with a decision, is known again. */
import { ledgerBranch } from "../../../src/ledger/ledger-record.ts";
import { parseRecord } from "../../../src/ledger/parse-record.ts";
import type { Simulation } from "../simulation.ts";
import { isStandingLease } from "./comes-to-an-end.ts";
import type { Invariant } from "./invariant.ts";

export const nothingForgotten: Invariant = (simulation) => {
  if (simulation.scenario.ledger !== true) return undefined;
  let open: readonly string[] = [];
  simulation.machines.onStoreLost(async () => {
    const decided = decidedIn(simulation);
    const records = await simulation.store.incidents.open();
    // Git alone tells what was for a time only.
    const ids = records.filter(({ incident }) => !isStandingLease(incident)).map(({ incident }) => incident.id);
    // Of what was lost before that, some may not have come back yet.
    open = [...new Set([...open, ...ids])].filter((id) => decided.has(id));
  });
  return async () => {
    for (const id of open)
      if ((await simulation.store.incidents.get(id)) === undefined)
        simulation.fail("A3", `${id} was open when the store was lost, and nobody knows it any more`);
  };
};

function decidedIn({ github: { git } }: Simulation): ReadonlySet<string> {
  const head = git.ref(`refs/heads/${ledgerBranch}`);
  const ids = new Set<string>();
  if (head === undefined) return ids;
  for (const { oid } of git.objects.files(head).values()) {
    const parsed = parseRecord(git.objects.read(oid)?.body.toString() ?? "");
    if (parsed.kind !== "record" || parsed.record.incident === undefined) continue;
    if (parsed.record.decision !== undefined) ids.add(parsed.record.incident.id);
    if (parsed.record.kind === "closed") ids.delete(parsed.record.incident.id);
  }
  return ids;
}
