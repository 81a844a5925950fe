/** The services that a path may be about by its own words. */
import { directoryOf } from "../directory-of.ts";
import type { Environments } from "./environments.ts";
import { isDirectlyIn } from "./is-directly-in.ts";
import { splitEnvironment } from "./split-environment.ts";
import { stem } from "./stem.ts";
import { namesService } from "./words.ts";

/**
 * Every directory above the file, and, of a file that is no Kubernetes object (`named`), its own name, where that isn't generic or
 * an environment.
 */
export type DirectoryNames = (path: string, named: boolean) => readonly string[];

export function directoryNames(environments: Environments): DirectoryNames {
  /** By directory, for the environments around its files: nearly always the same. */
  const known = new Map<string, { readonly chain: readonly string[]; readonly names: readonly string[] }>();
  const around = (directory: string, chain: readonly string[]): readonly string[] => {
    const before = known.get(directory);
    if (before?.chain === chain) return before.names;
    const names = segmentNames(directory, chain);
    known.set(directory, { chain, names });
    return names;
  };
  let last = "";
  return (path, named) => {
    // Files of one directory are asked about one after the other.
    if (!isDirectlyIn(path, last)) last = directoryOf(path);
    const names = around(last, environments.chain(path));
    const own = named ? ownName(path.slice(path.lastIndexOf("/") + 1), environments) : undefined;
    return own === undefined || names.includes(own) ? names : [...names, own];
  };
}

function segmentNames(directory: string, chain: readonly string[]): readonly string[] {
  const segments = directory.split("/");
  return [
    ...new Set(
      segments.filter((segment, index) => namesService(segment, segments[index - 1]) && !chain.includes(segment)),
    ),
  ];
}

function ownName(file: string, environments: Environments): string | undefined {
  const own = stem(file);
  // Argo CD's own overrides of one application.
  const application = /^\.argocd-source-(.+)$/.exec(own)?.[1];
  if (application !== undefined) return splitEnvironment(application, environments)[0] ?? application;
  const bare = own.replace(/[-._]?(?:values|config|versions?)$/, "").replace(/^(?:values|config)[-._]/, "");
  const [head] = splitEnvironment(bare, environments);
  const name = head ?? bare;
  return namesService(name, undefined) && !environments.isEnvironment(name, undefined) ? name : undefined;
}
