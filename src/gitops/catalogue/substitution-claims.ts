/** What sets a variable belongs to the services whose files it is put into. */

import type { Claim } from "./claim.ts";
import { type ClaimContext, documentNames } from "./document-names.ts";
import { fieldKey } from "./field-key.ts";
import { splitEnvironment } from "./split-environment.ts";
import type { Substitution } from "./substitutions.ts";

/** What more services share is a setting of the whole place, such as its domain. */
const maxServices = 20;

interface Told {
  readonly substitution: Substitution;
  /** Environments of the Kustomization. */
  readonly chains: readonly (readonly string[])[];
  /** The file that is filled in, its variable and the environment. */
  readonly user: string;
}

export function substitutionClaims(context: ClaimContext): readonly Claim[] {
  const groups = new Map<string, Told[]>();
  const users = new Map<string, Set<string>>();
  for (const substitution of context.substitutions.all) {
    const { place, variable, into } = substitution;
    const chains = chainsOf(substitution, context);
    const user = [into, variable, ...(chains[0] ?? [])].join("\u0000");
    const key = fieldKey(place);
    const told = { substitution, chains, user };
    const list = groups.get(key);
    if (list === undefined) groups.set(key, [told]);
    else list.push(told);
    // A file that several Kustomizations of one environment fill in is a part for all of them, and about none.
    users.set(user, (users.get(user) ?? new Set()).add(key));
  }
  const known = new Map<string, readonly string[]>();
  const servicesIn = (path: string): readonly string[] => {
    const services = known.get(path) ?? servicesOf(path, context);
    known.set(path, services);
    return services;
  };
  return [...groups.values()].flatMap((group) => {
    const single = group.filter(({ user }) => users.get(user)?.size === 1);
    const services = new Set(single.flatMap(({ substitution }) => servicesIn(substitution.into)));
    if (services.size > maxServices) return [];
    return single.flatMap((told) => claims(told, servicesIn(told.substitution.into), context));
  });
}

function claims({ substitution, chains: own }: Told, services: readonly string[], { graph }: ClaimContext): Claim[] {
  const { into, place: scope } = substitution;
  const told = own.some((chain) => chain.length > 0);
  const chains = told ? own : graph.placements(into).map(({ chain }) => chain);
  const places = chains.map((chain) => ({ chain, namespace: undefined, prefix: "", suffix: "" }));
  return services.map((service) => ({ service, scope, rank: 2, object: undefined, places }));
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
