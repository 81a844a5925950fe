/** What sets a variable belongs to the services whose files it is put into. */

import type { Claim } from "./claim.ts";
import { type ClaimContext, documentNames } from "./document-names.ts";
import { fieldKey } from "./field-key.ts";
import { splitEnvironment } from "./split-environment.ts";
import type { Substitution } from "./substitutions.ts";

/** What more services share is a setting of the whole place, such as its domain. */
const maxServices = 20;

export function substitutionClaims(context: ClaimContext): readonly Claim[] {
  const groups = new Map<string, Substitution[]>();
  const users = new Map<string, Set<string>>();
  for (const substitution of context.substitutions.all) {
    const { place, variable, into } = substitution;
    const key = fieldKey(place);
    const list = groups.get(key);
    if (list === undefined) groups.set(key, [substitution]);
    else list.push(substitution);
    // A file that several Kustomizations of one environment fill in is a part for all of them, and about none.
    const user = JSON.stringify([into, variable, ...(chainsOf(substitution, context)[0] ?? [])]);
    users.set(user, (users.get(user) ?? new Set()).add(key));
  }
  return [...groups.values()].flatMap((group) => {
    const single = group.filter((each) => {
      const user = JSON.stringify([each.into, each.variable, ...(chainsOf(each, context)[0] ?? [])]);
      return users.get(user)?.size === 1;
    });
    const services = new Set(single.flatMap(({ into }) => servicesOf(into, context)));
    return services.size > maxServices ? [] : single.flatMap((substitution) => claims(substitution, context));
  });
}

function claims(substitution: Substitution, context: ClaimContext): readonly Claim[] {
  const { into, place: scope } = substitution;
  const own = chainsOf(substitution, context);
  const told = own.some((chain) => chain.length > 0);
  const chains = told ? own : context.graph.placements(into).map(({ chain }) => chain);
  const places = chains.map((chain) => ({ chain, namespace: undefined, prefix: "", suffix: "" }));
  return servicesOf(into, context).map((service) => ({ service, scope, rank: 2, object: undefined, places }));
}

function chainsOf({ by: { file, document } }: Substitution, { graph, environments }: ClaimContext) {
  const chains = graph.placements(file).map(({ chain }) => chain);
  const [, tail] = document.name === undefined ? [] : splitEnvironment(document.name, environments);
  return chains.every((chain) => chain.length === 0) && tail !== undefined ? [[tail]] : chains;
}

function servicesOf(path: string, context: ClaimContext): readonly string[] {
  const file = context.files.get(path);
  if (file === undefined) return [];
  const names = file.documents
    .filter(({ kind }) => kind !== "Kustomize")
    .flatMap((document) => documentNames(file, document, context));
  return [...new Set(names.filter(({ name, rank }) => rank >= 2 && !name.includes("${")).map(({ name }) => name))];
}
