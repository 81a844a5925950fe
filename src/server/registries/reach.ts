/** Requests to one registry, and to nobody else than it and those whom the deployment lets it refer to. */
import type { RegistryConfig } from "../config/config.ts";

export interface Reached {
  readonly response: Response;
}

/** The end of a sentence. */
export interface Unreached {
  readonly why: string;
}

export interface Asked {
  readonly method: "HEAD" | "GET";
  readonly url: URL;
  readonly accept: string;
  readonly authorization?: string | undefined;
}

const mostHops = 3;
const redirects: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);

/** Follows redirects; the proof goes to no other origin than it was meant for. Throws what `fetch` throws. */
export async function reach(registry: RegistryConfig, asked: Asked, signal: AbortSignal): Promise<Reached | Unreached> {
  let url = asked.url;
  for (let hop = 0; hop <= mostHops; hop++) {
    if (!isAllowed(registry, url)) return { why: "its registry sends Remit to a host that remit.yaml doesn't name" };
    const { method, accept } = asked;
    const authorization = url.origin === asked.url.origin ? asked.authorization : undefined;
    const headers = { accept, "user-agent": "remit", ...(authorization === undefined ? {} : { authorization }) };
    const response = await fetch(url, { method, headers, redirect: "manual", signal });
    if (!redirects.has(response.status)) return { response };
    await response.body?.cancel();
    const next = URL.parse(response.headers.get("location") ?? "", url.href);
    if (next === null) return { why: "its registry sends Remit nowhere" };
    url = next;
  }
  return { why: "its registry sends Remit in circles" };
}

/** Where a registry of that name answers. Docker Hub's images carry another name than its hosts. */
export function registryUrl({ host, plainHttp }: RegistryConfig, path: string): URL {
  return new URL(`${plainHttp ? "http" : "https"}://${host === "docker.io" ? "registry-1.docker.io" : host}${path}`);
}

/** A registry may speak for itself; whoever controls its answers mustn't have Remit knock at any other door. */
function isAllowed(registry: RegistryConfig, url: URL): boolean {
  if (url.protocol !== "https:" && !(registry.plainHttp && url.protocol === "http:")) return false;
  const referrals = registry.host === "docker.io" ? ["auth.docker.io", ...registry.referrals] : registry.referrals;
  const own = registryUrl(registry, "/").host;
  return url.host === own || referrals.some((host) => URL.parse(`${url.protocol}//${host}/`)?.host === url.host);
}
