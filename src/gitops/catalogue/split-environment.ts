import type { Environments } from "./environments.ts";

/** `checkout-production` → [`checkout`, `production`]; empty where the end is no environment. */
export function splitEnvironment(name: string, environments: Environments): readonly [head?: string, tail?: string] {
  const match = /^(.+)[-.]([a-z0-9]+)$/.exec(name);
  const [, head, tail] = match ?? [];
  return head !== undefined && tail !== undefined && environments.isEnvironment(tail, undefined) ? [head, tail] : [];
}
