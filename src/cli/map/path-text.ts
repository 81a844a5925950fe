import type { FieldPath } from "../../gitops/catalogue/catalogue.ts";

/** `spec.values.image.tag`, `images[0].newTag`; a key with a dot in it stays as it is. */
export function pathText(path: FieldPath): string {
  let text = "";
  for (const step of path) text += typeof step === "number" ? `[${step}]` : text === "" ? step : `.${step}`;
  return text;
}
