/** Node's HTTP server in front of the app, with limits on how long and how much a sender may take. */
import { createServer, type Server, type ServerOptions } from "node:http";
import type { AddressInfo } from "node:net";
import { getRequestListener, type HttpBindings } from "@hono/node-server";
import { RemitError } from "../errors.ts";

export interface Listening {
  /** `http://127.0.0.1:8080` */
  readonly url: string;
  /** Takes no more connections; resolves when the requests at hand are answered, or after `graceMs`. */
  close(graceMs?: number): Promise<void>;
}

type Handle = (request: Request, env: HttpBindings) => Response | Promise<Response>;

/** Throws RemitError config-invalid when it can't listen there. `requestTimeoutMs`: for all of a request to arrive. */
export async function listen(
  handle: Handle,
  address: { readonly host: string; readonly port: number },
  requestTimeoutMs: number,
): Promise<Listening> {
  const options: ServerOptions = {
    requestTimeout: requestTimeoutMs,
    headersTimeout: Math.min(10_000, requestTimeoutMs),
    keepAliveTimeout: 5_000,
    // How often the timeouts above are enforced.
    connectionsCheckingInterval: Math.min(1_000, requestTimeoutMs),
    maxHeaderSize: 16_384,
  };
  const listener = getRequestListener((request, env) => handle(request, env as HttpBindings), {
    overrideGlobalObjects: false,
  });
  const server = createServer(options, (incoming, outgoing) => void listener(incoming, outgoing));
  server.maxConnections = 1_000;
  await started(server, address);
  return { url: urlOf(server, address.host), close: (graceMs = 10_000) => close(server, graceMs) };
}

function started(server: Server, { host, port }: { readonly host: string; readonly port: number }): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", (error) => {
      const message = `can't listen on ${host}:${port}: ${error.message}. Set listen in remit.yaml`;
      reject(new RemitError("config-invalid", message, { cause: error }));
    });
    server.listen(port, host, resolve);
  });
}

function urlOf(server: Server, host: string): string {
  const { port, family, address } = server.address() as AddressInfo;
  const name = family === "IPv6" ? `[${address}]` : host;
  return `http://${name}:${port}`;
}

function close(server: Server, graceMs: number): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => server.closeAllConnections(), graceMs);
    server.close(() => {
      clearTimeout(timer);
      resolve();
    });
    server.closeIdleConnections();
  });
}
