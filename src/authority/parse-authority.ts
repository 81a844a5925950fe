/** Reads `.github/remit/authority.yaml`. One mistake refuses the whole file: half a policy isn't what its owners signed. */
import type { Node } from "yaml";
import { type Authority, gateModes } from "./authority.ts";
import { readFreeze } from "./freeze/read-freeze.ts";
import type { PolicyMistake } from "./policy-mistake.ts";
import type { PolicyReader } from "./policy-reader.ts";
import { readBarrier } from "./read-barrier.ts";
import { readGrant } from "./read-grant.ts";
import { readPolicy } from "./read-policy.ts";

export interface ParsedAuthority {
  /** undefined whenever there are mistakes. */
  readonly authority: Authority | undefined;
  /** In the order of the file. */
  readonly mistakes: readonly PolicyMistake[];
}

/** `file`: its path, for the mistakes. Unknown keys are mistakes. */
export function parseAuthority(text: string, file: string): ParsedAuthority {
  const { policy, mistakes } = readPolicy(text, { file, kind: "Authority" }, (reader, name, spec) => ({
    name,
    ...readSpec(reader, spec),
  }));
  return { authority: policy, mistakes };
}

function readSpec(reader: PolicyReader, node: Node | undefined): Omit<Authority, "name"> {
  const spec =
    node && reader.mapping(node, "spec", { required: ["version", "grants"], optional: ["barriers", "freeze", "gate"] });
  const version = spec?.get("version");
  const gate = spec?.get("gate");
  const list = <T>(key: string, read: (reader: PolicyReader, item: Node) => T): readonly T[] => {
    const value = spec?.get(key);
    return ((value && reader.list(value, key, 0)) ?? []).map((item) => read(reader, item));
  };
  return {
    version: (version && reader.integer(version, "version", 1, Number.MAX_SAFE_INTEGER)) ?? 0,
    ...(gate === undefined ? {} : { gate: reader.word(gate, "gate", gateModes) ?? "required" }),
    grants: list("grants", readGrant),
    barriers: list("barriers", readBarrier),
    freeze: list("freeze", readFreeze),
  };
}
