import { parseDocument } from "yaml";

/** `spec.version` of a policy as it once stood, with mistakes or without; undefined where it says none. Never throws. */
export function policyVersion(text: string): number | undefined {
  try {
    const version: unknown = parseDocument(text, { version: "1.2" }).getIn(["spec", "version"]);
    return typeof version === "number" && Number.isSafeInteger(version) && version > 0 ? version : undefined;
  } catch {
    return undefined;
  }
}
