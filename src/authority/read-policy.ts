/** What all kinds of policy files have in common: their head, and that one mistake refuses the whole file. */
import type { Node } from "yaml";
import type { PolicyMistake } from "./policy-mistake.ts";
import { PolicyReader } from "./policy-reader.ts";
import { readName } from "./read-name.ts";

const apiVersion = "remit.dev/v1alpha1";

export interface ReadPolicy<T> {
  /** undefined whenever there are mistakes. */
  readonly policy: T | undefined;
  /** In the order of the file. */
  readonly mistakes: readonly PolicyMistake[];
}

interface Head {
  readonly kind: string;
  /** `metadata` may be left out, and then the name is "". */
  readonly nameless?: boolean;
}

/** `file`: its path, for the mistakes. `read` gets the name and the `spec`, and notes what is wrong with the reader. */
export function readPolicy<T>(
  text: string,
  { file, ...head }: Head & { readonly file: string },
  read: (reader: PolicyReader, name: string, spec: Node | undefined) => T,
): ReadPolicy<T> {
  const reader = new PolicyReader(file);
  const root = reader.open(text);
  const policy = root && readHead(reader, root, head, read);
  const mistakes = reader.mistakes.toSorted((a, b) => a.line - b.line || a.column - b.column);
  return { policy: mistakes.length === 0 ? policy : undefined, mistakes };
}

function readHead<T>(
  reader: PolicyReader,
  root: Node,
  { kind, nameless = false }: Head,
  read: (reader: PolicyReader, name: string, spec: Node | undefined) => T,
): T {
  const document = reader.mapping(root, "the policy", {
    required: ["apiVersion", "kind", ...(nameless ? [] : ["metadata"]), "spec"],
    optional: nameless ? ["metadata"] : [],
  });
  const version = document?.get("apiVersion");
  const written = document?.get("kind");
  const metadata = document?.get("metadata");
  if (version) reader.word(version, "apiVersion", [apiVersion]);
  if (written) reader.word(written, "kind", [kind]);
  const name = metadata && reader.mapping(metadata, "metadata", { required: ["name"], optional: [] })?.get("name");
  return read(reader, readName(reader, name), document?.get("spec"));
}
