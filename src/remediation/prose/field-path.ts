import type { FieldPath } from "../../gitops/catalogue/catalogue.ts";

/** `images[0].newTag`. Names from the repository: make it code before it is shown. */
export function fieldPath(path: FieldPath): string {
  return path.reduce<string>((text, part) => {
    if (typeof part === "number") return `${text}[${part}]`;
    return text === "" ? part : `${text}.${part}`;
  }, "");
}
