/** One side of a change: a revision's files, as they are or as they would be. */
import type { FileChange } from "../../actions/candidate.ts";
import type { Mirror, Revision } from "../../gitops/mirror/mirror.ts";
import type { RenderTree, TreeView } from "../../gitops/rendering/tree-view.ts";
import type { JobFiles } from "./renderer.ts";

export interface Side {
  readonly view: TreeView;
  /** What is to be laid out; undefined where a file is too large. */
  lay(tree: RenderTree): Promise<JobFiles | undefined>;
}

/** Larger ones are no configuration. */
const maxBytes = 1024 * 1024;

export async function sideOf(mirror: Mirror, revision: Revision, changes: readonly FileChange[]): Promise<Side> {
  const [files, entries] = await Promise.all([mirror.files(revision), mirror.entries(revision)]);
  const changed = new Map(changes.map(({ path, after }) => [path, after]));
  const texts = new Map(files.map(({ path, text }) => [path, text]));
  const modes = new Map(entries.map(({ path, mode }) => [path, mode]));
  for (const [path, after] of changed) {
    if (after === undefined) modes.delete(path);
    else if (!modes.has(path)) modes.set(path, "100644");
  }
  return {
    view: {
      text: (path) => (changed.has(path) ? changed.get(path) : texts.get(path)),
      mode: (path) => modes.get(path),
      below: (directory) => [...modes.keys()].filter((path) => directory === "" || path.startsWith(`${directory}/`)),
    },
    async lay({ written, copied }) {
      const laid = new Map<string, string | Uint8Array>(written);
      const paths = [...copied.values()].filter((path) => changed.get(path) === undefined);
      const [read = new Map<string, Uint8Array>()] = await mirror.readEach([{ revision, paths, maxBytes }]);
      for (const [place, path] of copied) {
        const content = changed.get(path) ?? read.get(path);
        if (content === undefined) return undefined;
        if (!laid.has(place)) laid.set(place, content);
      }
      return laid;
    },
  };
}
