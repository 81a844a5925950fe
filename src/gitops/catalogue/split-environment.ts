import type { Environments } from "./environments.ts";

const none: readonly [head?: string, tail?: string] = [];

/** `checkout-production` → [`checkout`, `production`]; empty where the end is no environment. */
export function splitEnvironment(name: string, environments: Environments): readonly [head?: string, tail?: string] {
  const end = Math.max(name.lastIndexOf("-"), name.lastIndexOf("."));
  // Nearly every name ends here.
  if (end < 1 || !environments.isEnvironment(name.slice(end + 1), undefined)) return none;
  const [, head, tail] = /^(.+)[-.]([a-z0-9]+)$/.exec(name) ?? [];
  return head !== undefined && tail !== undefined ? [head, tail] : none;
}
