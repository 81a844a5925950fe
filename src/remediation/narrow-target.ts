import type { Target } from "../target.ts";
import { serviceTarget, type TargetEvidence } from "./evidence.ts";

/** Of the targets that an alert left open, the only one that the suspect concerns; all of them together where it concerns several. */
export function narrowTarget({ entry, members, shares }: TargetEvidence, suspect: string | undefined): Target {
  const share = shares.find(({ commit }) => commit.id === suspect);
  if (share === undefined || members.length === 1) return entry.target;
  const concerned = [...share.files.keys()].flatMap((path) => concernedBy(path, members));
  return serviceTarget(concerned) ?? entry.target;
}

function concernedBy(path: string, members: TargetEvidence["members"]): readonly Target[] {
  const words = path.split("/").map((word) => word.replace(/\.[^.]*$/, ""));
  const named = words.findLast((word) => members.some(({ target }) => target.environment === word));
  const byName = members.filter(({ target }) => named !== undefined && target.environment === named);
  const holders = members.filter(({ scopes }) => scopes?.some(({ file }) => file === path));
  const found = byName.length > 0 ? byName : holders.length > 0 ? holders : members;
  return found.map(({ target }) => target);
}
