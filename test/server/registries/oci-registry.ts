/** A registry over HTTP, as the OCI distribution specification describes the part that pulls: manifests, errors, tokens. */
import { createHash } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { onTestFinished } from "vitest";
import type { RegistryConfig } from "../../../src/server/config/config.ts";
import { Secret } from "../../../src/server/config/secret.ts";

export interface RegistryOptions {
  /** `shop/checkout:v1` each. */
  readonly images: readonly string[];
  /** Of all manifests. An OCI image unless said otherwise. */
  readonly mediaType?: string;
  /** Who may pull: anybody; whoever has a token, which anybody gets; whoever knows the password, for a token or as it is. */
  readonly access?: "open" | "token" | "password-token" | "password";
  /** Where its tokens are to be had; on itself unless said otherwise. */
  readonly realm?: string;
  /** Harbor's way to say that there is no such manifest. */
  readonly missing?: "MANIFEST_UNKNOWN" | "NOT_FOUND";
  /** Answers in the registry's place where it says true. */
  readonly instead?: (request: IncomingMessage, response: ServerResponse) => boolean;
}

export interface Registry {
  /** `127.0.0.1:40123` */
  readonly host: string;
  /** `HEAD /v2/shop/checkout/manifests/v1`, each with the header Authorization that it had. */
  readonly requests: readonly { readonly line: string; readonly authorization: string | undefined }[];
  /** As remit.yaml would name it. */
  config(change?: Partial<RegistryConfig>): RegistryConfig;
}

export const credentials = { username: new Secret("robot"), password: new Secret("swordfish") };
const basic = `Basic ${Buffer.from("robot:swordfish").toString("base64")}`;
const ociImage = "application/vnd.oci.image.manifest.v1+json";

export const digestOf = (image: string) => `sha256:${createHash("sha256").update(image).digest("hex")}`;

/** Open until the test ends. */
export async function ociRegistry(options: RegistryOptions): Promise<Registry> {
  const requests: { line: string; authorization: string | undefined }[] = [];
  let host = "";
  const server = createServer((request, response) => {
    requests.push({ line: `${request.method} ${request.url}`, authorization: request.headers.authorization });
    if (options.instead?.(request, response) !== true) answer(options, host, request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  host = typeof address === "object" ? `127.0.0.1:${address?.port}` : "";
  onTestFinished(() => {
    server.closeAllConnections();
    return new Promise<void>((resolve) => server.close(() => resolve()));
  });
  return {
    host,
    requests,
    config: (change = {}) => ({
      name: "test",
      host,
      referrals: [],
      plainHttp: true,
      credentials: undefined,
      ...change,
    }),
  };
}

interface Said {
  readonly status: number;
  readonly body: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

function answer(options: RegistryOptions, host: string, request: IncomingMessage, response: ServerResponse): void {
  const { status, body, headers = {} } = said(options, host, request);
  const text = JSON.stringify(body);
  response.writeHead(status, { "content-type": "application/json", "content-length": text.length, ...headers });
  response.end(request.method === "HEAD" ? undefined : text);
}

function said(options: RegistryOptions, host: string, { url: target = "/", headers }: IncomingMessage): Said {
  const url = new URL(target, `http://${host}`);
  const { access = "open", mediaType = ociImage, missing = "MANIFEST_UNKNOWN" } = options;
  if (url.pathname === "/token") return token(options, url, headers.authorization);
  const [, name = "", reference = ""] = /^\/v2\/(.+)\/manifests\/([^/]+)$/.exec(url.pathname) ?? [];
  if (!mayPull(access, name, headers.authorization)) {
    const challenge =
      access === "password"
        ? 'Basic realm="a registry"'
        : `Bearer realm="${options.realm ?? `http://${host}/token`}",service="${host}",scope="repository:${name}:pull"`;
    return { ...fault(401, "UNAUTHORIZED"), headers: { "www-authenticate": challenge } };
  }
  const known = options.images.filter((image) => image.startsWith(`${name}:`));
  if (known.length === 0) return fault(404, missing === "NOT_FOUND" ? missing : "NAME_UNKNOWN");
  const image = known.find((each) => each === `${name}:${reference}` || digestOf(each) === reference);
  const accepted = (headers.accept ?? "").split(",").map((type) => type.trim());
  if (image === undefined || !accepted.includes(mediaType)) return fault(404, missing);
  return {
    status: 200,
    body: { schemaVersion: 2, mediaType },
    headers: { "content-type": mediaType, "docker-content-digest": digestOf(image) },
  };
}

function fault(status: number, code: string): Said {
  return { status, body: { errors: [{ code, message: "as the specification asks", detail: {} }] } };
}

const tokenFor = (name: string) => `token.for.${name}`;

function token({ access }: RegistryOptions, url: URL, given: string | undefined): Said {
  if (access === "password-token" && given !== basic) return { status: 401, body: { details: "who is that?" } };
  const [, name] = /^repository:(.+):pull$/.exec(url.searchParams.get("scope") ?? "") ?? [];
  if (name === undefined || url.searchParams.get("service") === null) return { status: 400, body: {} };
  return { status: 200, body: { token: tokenFor(name), expires_in: 60 } };
}

function mayPull(access: NonNullable<RegistryOptions["access"]>, name: string, given: string | undefined): boolean {
  if (access === "open") return true;
  return given === (access === "password" ? basic : `Bearer ${tokenFor(name)}`);
}
