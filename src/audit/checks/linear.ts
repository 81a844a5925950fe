import type { Check } from "../check.ts";

export const linear: Check = {
  name: "linear",
  title: "the ledger is one line of commits from one beginning, and shares no history with the base branch",
  async run({ ledger: { commits, tip }, notedTip, base, reader: { mirror } }, seen) {
    for (const [index, { id, parents }] of commits.entries()) {
      const expected = index === 0 ? 0 : 1;
      const message = `it has ${parents.length} parents where ${expected === 0 ? "none" : "one"} belongs`;
      seen.look(parents.length === expected ? undefined : { message, commit: id });
    }
    if (base !== undefined && (await mirror.mergeBases(tip, base)).length > 0)
      seen.find({ message: "it shares commits with the base branch", commit: tip });
    if (notedTip !== undefined && !(await mirror.isAncestor(notedTip, tip)))
      seen.find({
        message: `commit ${notedTip}, which was the ledger's tip, isn't below it any more: the branch was written over`,
        commit: tip,
      });
  },
};
