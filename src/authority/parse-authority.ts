/** Reads `.github/remit/authority.yaml`. One mistake refuses the whole file: half a policy isn't what its owners signed. */
import type { Node } from "yaml";
import { type Authority, gateModes } from "./authority.ts";
import type { PolicyMistake } from "./policy-mistake.ts";
import { PolicyReader } from "./policy-reader.ts";
import { readBarrier } from "./read-barrier.ts";
import { namePattern, readGrant } from "./read-grant.ts";

export interface ParsedAuthority {
  /** undefined whenever there are mistakes. */
  readonly authority: Authority | undefined;
  /** In the order of the file. */
  readonly mistakes: readonly PolicyMistake[];
}

const apiVersion = "remit.dev/v1alpha1";

/** `file`: its path, for the mistakes. Unknown keys, and rules that this version doesn't know, are mistakes. */
export function parseAuthority(text: string, file: string): ParsedAuthority {
  const reader = new PolicyReader(file);
  const root = reader.open(text);
  const authority = root && readAuthority(reader, root);
  const mistakes = reader.mistakes.toSorted((a, b) => a.line - b.line || a.column - b.column);
  return { authority: mistakes.length === 0 ? authority : undefined, mistakes };
}

function readAuthority(reader: PolicyReader, root: Node): Authority {
  const document = reader.mapping(root, "the policy", {
    required: ["apiVersion", "kind", "metadata", "spec"],
    optional: [],
  });
  const version = document?.get("apiVersion");
  const kind = document?.get("kind");
  const metadata = document?.get("metadata");
  const spec = document?.get("spec");
  if (version) reader.word(version, "apiVersion", [apiVersion]);
  if (kind) reader.word(kind, "kind", ["Authority"]);
  const name = metadata && reader.mapping(metadata, "metadata", { required: ["name"], optional: [] })?.get("name");
  return {
    name: (name && reader.text(name, "name", namePattern, "lower-case letters, digits and dashes")) ?? "",
    ...readSpec(reader, spec),
  };
}

function readSpec(reader: PolicyReader, node: Node | undefined): Omit<Authority, "name"> {
  const keys = { required: ["version", "grants"], optional: ["barriers", "gate"], later: ["freeze", "limits", "mode"] };
  const spec = node && reader.mapping(node, "spec", keys);
  const version = spec?.get("version");
  const grants = spec?.get("grants");
  const barriers = spec?.get("barriers");
  const gate = spec?.get("gate");
  return {
    version: (version && reader.integer(version, "version", 1, Number.MAX_SAFE_INTEGER)) ?? 0,
    ...(gate === undefined ? {} : { gate: reader.word(gate, "gate", gateModes) ?? "required" }),
    grants: ((grants && reader.list(grants, "grants", 0)) ?? []).map((item) => readGrant(reader, item)),
    barriers: ((barriers && reader.list(barriers, "barriers", 0)) ?? []).map((item) => readBarrier(reader, item)),
  };
}
