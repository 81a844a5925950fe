/** The directory of a path in a repository, without a slash at its end; "" for the root and for what is directly in it. */
export function directoryOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf("/")));
}
