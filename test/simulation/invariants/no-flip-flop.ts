/** I10: Remit doesn't swing a value to and fro: by itself it never brings back what it took away within a day, but for one undo. */
import { productionFile, versionIn } from "../shop.ts";
import { remitHistory } from "./facts.ts";
import type { Invariant } from "./invariant.ts";

const day = 86_400_000;

export const noFlipFlop: Invariant = (simulation) => {
  const { github, watch } = simulation;
  watch.onAsked(({ merged }) => {
    if (merged === undefined || merged.approved) return;
    const [newest, ...older] = remitHistory(github, merged.commit);
    if (newest === undefined) return;
    const value = (revision: string | undefined) =>
      revision === undefined
        ? undefined
        : versionIn(
            github.text(revision, productionFile(newest.service)) ??
              github.text(revision, productionFile(newest.service).replace(/yaml$/, "yml")),
          );
    // One undo of an incident's own change gives back what stood there, whoever took it away before.
    const undoesItsOwn = older.some(({ incident, action }) => incident === newest.incident && action !== "undo");
    if (newest.action === "undo" && undoesItsOwn) return;
    const after = value(newest.oid);
    // What holds whoever writes a value may go back beside it.
    if (after === value(newest.parent)) return;
    for (const past of older) {
      if (past.target !== newest.target || newest.at - past.at > day) continue;
      if (after !== undefined && value(past.parent) === after && value(past.oid) !== after) {
        simulation.fail("I10", `${newest.target} is brought back to ${after}, which Remit itself took away`);
      }
    }
  });
  return undefined;
};
