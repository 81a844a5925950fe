/** Does what a controller reports concern a target? Strict: when unsure, no. */

import { appliesTo } from "./applies-to.ts";
import type { Catalogue, CatalogueTarget, ControllerObject } from "./catalogue.ts";
import { environmentGroup } from "./words.ts";

export interface SyncOrigin {
  readonly controller: "argocd" | "flux" | "github-deployment";
  /** The controller object's or the deployment's name; untrusted, only compared. */
  readonly application: string;
  readonly namespace: string | undefined;
  readonly environment: string | undefined;
}

/** Pure. */
export function delivers(catalogue: Catalogue, sync: SyncOrigin, entry: CatalogueTarget): boolean {
  if (sync.controller === "github-deployment") return deploys(sync, entry);
  const named = catalogue.controllers.filter(
    (object) => object.name === sync.application && ofController(object, sync),
  );
  if (named.length === 0) return composedName(catalogue, sync, entry);
  const here = named.filter((object) => object.namespace === undefined || object.namespace === sync.namespace);
  const candidates = here.length > 0 || sync.namespace !== undefined ? here : named;
  return candidates.some((object) => appliesTo(object, entry));
}

function ofController(object: ControllerObject, sync: SyncOrigin): boolean {
  return (object.kind === "Application") === (sync.controller === "argocd");
}

/** A deployment's environment must be the target's; where it names a service too, it must be this one. */
function deploys(sync: SyncOrigin, { target }: CatalogueTarget): boolean {
  if (!sameEnvironment(sync.environment, target.environment)) return false;
  return sync.application === "" || sync.application === sync.environment || sync.application === target.service;
}

function sameEnvironment(reported: string | undefined, own: string | undefined): boolean {
  if (reported === undefined || reported === "" || own === undefined) return false;
  const group = environmentGroup(own);
  return reported === own || (group !== undefined && environmentGroup(reported) === group);
}

/** For controller objects that live in another repository: only a name made of nothing but the target's own names. */
function composedName(catalogue: Catalogue, sync: SyncOrigin, { target }: CatalogueTarget): boolean {
  const { service, environment } = target;
  const confirmed = sameEnvironment(sync.environment, environment);
  if (sync.environment !== undefined && !confirmed) return false;
  // The bare name says nothing about which of several environments it was.
  if (sync.application === service)
    return confirmed || catalogue.targets.filter((other) => other.target.service === service).length === 1;
  if (environment === undefined) return false;
  return sync.application === `${service}-${environment}` || sync.application === `${environment}-${service}`;
}
