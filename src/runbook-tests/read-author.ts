import type { Node } from "yaml";
import type { PolicyReader } from "../authority/policy-reader.ts";
import type { Person } from "../gitops/mirror/mirror.ts";

/** `Alice <alice@example.com>`, as git writes it. */
export function readAuthor(reader: PolicyReader, node: Node): Person | undefined {
  return reader.parsed(node, "author", parse, "a name and an address, such as Alice <alice@example.com>");
}

function parse(text: string): Person | undefined {
  const found = /^([^<>\n\0]*[^<>\n\0\s]) <([^<>\s\0]+)>$/.exec(text);
  return found?.[1] === undefined || found[2] === undefined ? undefined : { name: found[1], email: found[2] };
}
