import type { CommitShare } from "./share.ts";

/** Did the commit bring back, in every file of its share, a text that an older one had changed? `older`: newest first. */
export function wentBack(share: CommitShare, older: readonly CommitShare[]): boolean {
  if (share.files.size === 0) return false;
  return [...share.files].every(([path, { after }]) =>
    older.some(({ files }) => {
      const change = files.get(path);
      return change !== undefined && change.before === after;
    }),
  );
}
