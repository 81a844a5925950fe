/**
 * No test reaches the network: a connection to anything but this machine fails at once, whoever opens it (fetch, http, tls).
 * A guard under all clients. Nock's own `disableNetConnect` sits in front of real loopback servers too, makes each fetch some
 * 40 ms slower and hangs on an answer that comes before its request ends, so only the tests that need canned answers load it.
 */
import { Socket } from "node:net";

interface ConnectOptions {
  readonly host?: string | null;
  readonly path?: string | null;
  /** Nock resolves the hosts that it stands in for to this machine. */
  readonly lookup?: unknown;
}

const connect = Socket.prototype.connect;

Socket.prototype.connect = function (this: Socket, ...args: unknown[]): Socket {
  const { host, path, lookup } = connectOptions(args);
  if (path || lookup !== undefined || isLoopback(host || "localhost")) return Reflect.apply(connect, this, args);
  this.destroy(new Error(`tests may use loopback only, and this one tried to reach ${host}`));
  return this;
};

/** Node's own callers pass all arguments as one array; others pass options, or a port and a host, or a socket's path. */
function connectOptions(args: readonly unknown[]): ConnectOptions {
  const [first, second] = Array.isArray(args[0]) ? args[0] : args;
  if (typeof first === "object" && first !== null) return first;
  if (typeof first === "string" && Number.isNaN(Number(first))) return { path: first };
  return typeof second === "string" ? { host: second } : {};
}

function isLoopback(host: string): boolean {
  return host === "localhost" || host === "::1" || host === "0.0.0.0" || /^127(\.\d{1,3}){3}$/.test(host);
}
