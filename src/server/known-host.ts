/**
 * Answers only requests that were sent to a name of this server. A page elsewhere can make its own name lead here (DNS rebinding),
 * and then reads what it gets as its own; but the browser still sends that name in `Host`. An address has no name that could be turned.
 */
import { isIP } from "node:net";
import type { MiddlewareHandler } from "hono";

/** `names`: beside loopback's, in any case. */
export function knownHost(names: readonly string[]): MiddlewareHandler {
  const known = new Set(names.map(plainName));
  return async (context, next) => {
    const name = hostName(context.req.header("host") ?? "");
    if (name !== undefined && (isIP(name) !== 0 || isLoopback(name) || known.has(name))) return next();
    const message =
      "this port answers to an IP address, to localhost, and to the names in admin.hosts of remit.yaml: add the name that you use there";
    return context.json({ error: { code: "unknown-host", message } }, 421);
  };
}

/** Without the port, in small letters; undefined: it isn't a host. */
function hostName(header: string): string | undefined {
  const match = /^(?:\[([0-9A-Fa-f:.]+)\]|([\w.-]+))(?::\d{0,5})?$/.exec(header);
  const name = match?.[1] ?? match?.[2];
  return name === undefined ? undefined : plainName(name);
}

function plainName(name: string): string {
  return name.toLowerCase().replace(/\.$/, "");
}

/** Browsers resolve these themselves: no DNS can turn them. */
function isLoopback(name: string): boolean {
  return name === "localhost" || name.endsWith(".localhost");
}
