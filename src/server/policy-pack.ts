import { fileURLToPath } from "node:url";
import { RemitError } from "../errors.ts";
import { policyDirectory } from "../remediation/policy-paths.ts";
import { readTree } from "./read-tree.ts";

/** Beside `src/` in a checkout, and beside `dist/` in the package. */
const place = fileURLToPath(new URL("../../policies/", import.meta.url));

/** The default pack as it goes into a repository, by paths there. Everything in it only observes. */
export async function policyPack(): Promise<ReadonlyMap<string, Uint8Array>> {
  const files = await readTree(place);
  if (files === undefined) throw new RemitError("internal", "the default pack isn't where it was installed");
  // What it says to whoever reads the package.
  const copied = [...files].filter(([path]) => path !== "README.md");
  return new Map(copied.map(([path, bytes]) => [`${policyDirectory}/${path}`, bytes]));
}
