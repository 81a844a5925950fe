import type { CatalogueTarget, ControllerObject } from "./catalogue.ts";

/** Does a controller's object apply a file that holds a field of the target? */
export function appliesTo(object: ControllerObject, entry: CatalogueTarget): boolean {
  const files = new Set(entry.fields.map((field) => field.file));
  return object.paths.some((path) => [...files].some((file) => isBelow(file, path)));
}

function isBelow(file: string, path: string): boolean {
  return path === "" || file === path || file.startsWith(`${path}/`);
}
