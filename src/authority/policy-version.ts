import { parseDocument } from "yaml";
import { nestsTooDeeply } from "../gitops/nests-too-deeply.ts";

/** `spec.version` of a policy as it once stood, with mistakes or without; undefined where it says none. Never throws. */
export function policyVersion(text: string): number | undefined {
  if (nestsTooDeeply(text)) return undefined;
  try {
    const version: unknown = parseDocument(text, { version: "1.2" }).getIn(["spec", "version"]);
    return typeof version === "number" && Number.isSafeInteger(version) && version > 0 ? version : undefined;
  } catch {
    return undefined;
  }
}
