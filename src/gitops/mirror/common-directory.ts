/** The innermost directory that all files are in; undefined unless it lies at least two levels deep, where directories are narrow. */
export function commonDirectory(paths: readonly string[]): string | undefined {
  let common = paths[0]?.split("/").slice(0, -1) ?? [];
  for (const path of paths) {
    const segments = path.split("/").slice(0, -1);
    const differs = common.findIndex((segment, index) => segment !== segments[index]);
    if (differs >= 0) common = common.slice(0, differs);
  }
  return common.length < 2 ? undefined : common.join("/");
}
