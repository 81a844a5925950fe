import type { Node } from "yaml";
import type { PolicyReader } from "./policy-reader.ts";

/** Names of grants, policies and runbooks; they appear in commits and comments. */
export const namePattern = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;

/** "" where there is none, or a wrong one. */
export function readName(reader: PolicyReader, node: Node | undefined): string {
  return (node && reader.text(node, "name", namePattern, "lower-case letters, digits and dashes")) ?? "";
}
