import { resolveLink } from "../catalogue/resolve-link.ts";
import { type Hindrance, isPlain, type TreeView } from "./tree-view.ts";

/**
 * The path of a file of this repository that another one names; or why it names none. Renderers take many spellings for addresses
 * (`github.com/a/b`, `git@host:a`, `https://…`, `a?ref=b`), even where a directory is called like that: only letters that no address
 * can do without them pass.
 */
export function localPath(file: string, name: string, view: TreeView): string | Hindrance {
  if (!/^[\w./ +=,~-]+$/.test(name) || name.includes("//") || /^(?:www\.)?github\.com/i.test(name))
    return { why: "remote", file, name };
  if (name.startsWith("/")) return { why: "outside", file, name };
  const path = resolveLink(file, name, "file");
  return path === undefined ? { why: "outside", file, name } : (linkIn(path, view) ?? path);

  function linkIn(below: string, { mode }: TreeView): Hindrance | undefined {
    for (let end = below.indexOf("/"); ; end = below.indexOf("/", end + 1)) {
      const entry = mode(end < 0 ? below : below.slice(0, end));
      if (entry !== undefined && !isPlain(entry)) return { why: "not-plain", file, name };
      if (end < 0) return undefined;
    }
  }
}
