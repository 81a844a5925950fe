/** Whose flag a person means who names no service: found by the flag's name, the only one of it, or it is asked for. */
import { dirname } from "node:path/posix";
import { findFlags, type TargetFlag } from "../actions/flags/find-flags.ts";
import { flagsNamed, nearestFlag } from "../actions/flags/flags-named.ts";
import { readable } from "../diagnosis/readable.ts";
import type { CatalogueTarget, Field } from "../gitops/catalogue/catalogue.ts";
import type { Revision } from "../gitops/mirror/mirror.ts";
import type { Reason } from "../reason.ts";
import { type Target, targetName } from "../target.ts";
import type { RepositoryReader } from "./repository-reader.ts";

/** Several: one service in all of the environments that the flag's place is shared by. */
export type FlagOwner = { readonly targets: readonly [Target, ...Target[]] } | { readonly reason: Reason };

interface Holding {
  readonly entry: CatalogueTarget;
  readonly flags: readonly TargetFlag[];
}

/** `entries`: those that the rest of the command leaves. */
export async function flagTarget(
  reader: RepositoryReader,
  revision: Revision,
  entries: readonly CatalogueTarget[],
  name: string,
): Promise<FlagOwner> {
  const told = entries.map((entry) => ({ entry, fields: entry.fields.filter((field) => tells(field, name)) }));
  const near = told.filter(({ fields }) => fields.length > 0);
  const texts = await reader.texts(revision, new Set(near.flatMap(({ fields }) => fields.map(({ file }) => file))));
  const holding = near
    .map(({ entry }) => ({ entry, flags: flagsNamed(findFlags(entry, texts), name) }))
    .filter(({ flags }) => flags.length > 0);
  const [first] = holding;
  if (first === undefined) return { reason: await unknown(reader, revision, entries, name) };
  const [owner, ...environments] = holding.length === 1 ? holding : ownersOf(holding);
  if (owner !== undefined) return { targets: [owner.entry.target, ...environments.map(({ entry }) => entry.target)] };
  const names = holding.slice(0, 8).map(({ entry }) => readable(targetName(entry.target)));
  const more = holding.length > names.length ? ", …" : "";
  const message = `${holding.length} targets have a flag ${readable(name)} (${names.join(", ")}${more}): add --service or --environment`;
  return { reason: { code: "target-ambiguous", message } };
}

/** Cheaper than reading the flags: the name is somewhere in the field's path, or in its value. */
function tells({ path, value }: Field, name: string): boolean {
  const steps = path.join(".");
  return (
    steps.includes(name) ||
    [value, steps].some((told) => told === name || name.endsWith(`.${told}`) || told.endsWith(`.${name}`))
  );
}

/**
 * Of one place that several targets share: the service that its file's directory is named after, the innermost first, or the
 * only one; in all of its environments, since the place decides for all of them.
 */
function ownersOf(holding: readonly Holding[]): readonly Holding[] {
  const places = new Set(holding.map(({ flags }) => flags.map(placeOf).toSorted().join("\n")));
  const [first] = holding;
  if (places.size > 1 || first === undefined) return [];
  if (holding.every(({ entry }) => entry.target.service === first.entry.target.service)) return holding;
  const directories = dirname(first.flags[0]?.file ?? "")
    .split("/")
    .toReversed();
  const named = directories.map((name) => holding.filter(({ entry }) => entry.target.service === name));
  return named.find((owners) => owners.length > 0) ?? [];
}

function placeOf({ file, document, path }: TargetFlag): string {
  return JSON.stringify([file, document, path]);
}

async function unknown(
  reader: RepositoryReader,
  revision: Revision,
  entries: readonly CatalogueTarget[],
  name: string,
): Promise<Reason> {
  const texts = await reader.texts(revision, new Set(entries.flatMap(flagFiles)));
  const nearest = nearestFlag(
    entries.flatMap((entry) => findFlags(entry, texts)),
    name,
  );
  const hint = nearest === undefined ? "" : `; did you mean ${readable(nearest)}?`;
  return { code: "flag-unknown", message: `no service there has a flag ${readable(name)}${hint}` };
}

function flagFiles({ fields }: CatalogueTarget): readonly string[] {
  return fields.filter(({ role }) => role === "flag").map(({ file }) => file);
}
