/** A path below the repository's root, without `.` and `..`; undefined where it leads out. */
export function resolveLink(path: string, target: string, from: "file" | "root"): string | undefined {
  const below = from === "file" && !target.startsWith("/");
  // The usual one: a file beside it.
  if (below && !target.includes("/") && target !== "" && target !== "." && target !== "..")
    return path.slice(0, path.lastIndexOf("/") + 1) + target;
  const segments = below ? path.split("/").slice(0, -1) : [];
  for (const segment of target.split("/")) {
    if (segment === "" || segment === ".") continue;
    if (segment !== "..") segments.push(segment);
    else if (segments.pop() === undefined) return undefined;
  }
  return segments.join("/");
}
