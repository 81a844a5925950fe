/** Is the path that of something in the directory, and of nothing deeper? */
export function isDirectlyIn(path: string, directory: string): boolean {
  if (directory === "") return !path.includes("/");
  return path.lastIndexOf("/") === directory.length && path.startsWith(directory);
}
