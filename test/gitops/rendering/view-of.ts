import type { TreeView } from "../../../src/gitops/rendering/tree-view.ts";

/** A revision with these files. `others`: modes of entries that are no plain files. */
export function viewOf(
  files: Readonly<Record<string, string>>,
  others: Readonly<Record<string, string>> = {},
): TreeView {
  const paths = [...Object.keys(files), ...Object.keys(others)].toSorted();
  return {
    text: (path) => files[path],
    mode: (path) => others[path] ?? (files[path] === undefined ? undefined : "100644"),
    below: (directory) => paths.filter((path) => directory === "" || path.startsWith(`${directory}/`)),
  };
}
