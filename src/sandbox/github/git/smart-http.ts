/** git's own protocol over HTTP: clone, fetch and push, through git's CGI program. */
import { spawn } from "node:child_process";
import { dirname } from "node:path";
import { Readable } from "node:stream";
import { branchMoved } from "../acts/branch-moved.ts";
import type { Credentials } from "../auth/credentials.ts";
import type { Traffic } from "../traffic.ts";
import { type Account, webFlow } from "../world/accounts.ts";
import { type Actor, may, sees } from "../world/actor.ts";
import { Refusal } from "../world/refusal.ts";
import type { World } from "../world/world.ts";
import { ZERO_OID } from "./git-repository.ts";
import { gitEnvironment } from "./run-git.ts";

export interface SmartHttpParts {
  readonly world: World;
  readonly credentials: Credentials;
  readonly traffic: Traffic;
}

/** `service` is the path below the repository: `info/refs`, `git-upload-pack` or `git-receive-pack`. */
export async function smartHttp(parts: SmartHttpParts, request: Request, service: string): Promise<Response> {
  const { world, credentials, traffic } = parts;
  traffic.gitRequests += 1;
  const url = new URL(request.url);
  const pushes = service === "git-receive-pack" || url.searchParams.get("service") === "git-receive-pack";
  let actor: Actor;
  try {
    actor = credentials.authenticate(request.headers.get("authorization") ?? undefined);
  } catch (cause) {
    if (!(cause instanceof Refusal)) throw cause;
    return refuse(401, "Invalid username or token.");
  }
  if (actor.kind === "anonymous" || actor.kind === "app") return refuse(401, "Authentication required.");
  if (!sees(actor)) return refuse(404, "Repository not found.");
  const need = pushes
    ? ({ app: "contents:write", user: "write" } as const)
    : ({ app: "contents:read", user: "read" } as const);
  if (!may(actor, need)) {
    return refuse(
      403,
      pushes
        ? `Permission to ${world.fullName}.git denied to ${actor.account.login}.`
        : "Write access to repository not granted.",
    );
  }
  if (pushes && world.archived) return refuse(403, "This repository was archived so it is read-only.");
  if (service !== "git-receive-pack") return backend(world, request, url, service, actor.account);
  const { account } = actor;
  return world.exclusively(() => receive(world, request, url, account));
}

/** Runs a push to its end, and tells the world of each ref that moved, before the client gets its answer. */
async function receive(world: World, request: Request, url: URL, account: Account): Promise<Response> {
  const before = await world.git.refs("refs");
  const response = await backend(world, request, url, "git-receive-pack", account);
  const body = await response.arrayBuffer();
  const after = await world.git.refs("refs");
  for (const ref of new Set([...before.keys(), ...after.keys()])) {
    const from = before.get(ref) ?? ZERO_OID;
    const to = after.get(ref) ?? ZERO_OID;
    if (from !== to) await branchMoved(world, { ref, from, to, sender: account });
  }
  return new Response(body, { status: response.status, headers: response.headers });
}

function backend(world: World, request: Request, url: URL, service: string, account: Account): Promise<Response> {
  const directory = world.git.place;
  const { GIT_DIR: _, ...environment } = gitEnvironment(directory);
  const env = {
    ...environment,
    GIT_PROJECT_ROOT: dirname(directory),
    GIT_HTTP_EXPORT_ALL: "1",
    GIT_PROTOCOL: request.headers.get("git-protocol") ?? "",
    PATH_INFO: `/${directory.slice(dirname(directory).length + 1)}/${service}`,
    QUERY_STRING: url.search.slice(1),
    REQUEST_METHOD: request.method,
    CONTENT_TYPE: request.headers.get("content-type") ?? "",
    HTTP_CONTENT_ENCODING: request.headers.get("content-encoding") ?? "",
    REMOTE_USER: account.login,
    REMOTE_ADDR: "127.0.0.1",
    SANDBOX_PROTECTED_REFS: isProtectedFrom(world, account) ? world.defaultRef : "",
    GIT_COMMITTER_NAME: webFlow.name,
    GIT_COMMITTER_EMAIL: webFlow.email,
  };
  return new Promise((resolve, reject) => {
    const child = spawn("git", ["http-backend"], { env });
    child.on("error", reject);
    child.stderr.resume();
    // It may answer without reading everything that was sent.
    child.stdin.on("error", () => undefined);
    request.signal.addEventListener("abort", () => child.kill());
    if (request.body === null) child.stdin.end();
    else
      Readable.fromWeb(request.body)
        .on("error", () => child.kill())
        .pipe(child.stdin);
    readHead(child.stdout, resolve);
    child.on("close", () => resolve(refuse(500, "git ended without an answer.")));
  });
}

/** CGI: headers, an empty line, and the body, which is passed on as it comes. */
function readHead(output: Readable, answer: (response: Response) => void): void {
  let head = Buffer.alloc(0);
  const onData = (chunk: Buffer) => {
    head = Buffer.concat([head, chunk]);
    const end = head.indexOf("\r\n\r\n");
    if (end === -1) return;
    output.off("data", onData);
    output.pause();
    const rest = head.subarray(end + 4);
    if (rest.length > 0) output.unshift(rest);
    const headers = new Headers();
    let status = 200;
    for (const line of head.subarray(0, end).toString().split("\r\n")) {
      const colon = line.indexOf(":");
      const name = line.slice(0, colon);
      const value = line.slice(colon + 1).trim();
      if (name.toLowerCase() === "status") status = Number.parseInt(value, 10);
      else headers.set(name, value);
    }
    answer(new Response(webStream(output), { status, headers }));
  };
  output.on("data", onData);
}

function webStream(output: Readable): ReadableStream<Uint8Array> {
  const iterator = output[Symbol.asyncIterator]();
  return new ReadableStream({
    async pull(controller) {
      const next = await iterator.next();
      if (next.done) controller.close();
      else controller.enqueue(new Uint8Array(next.value));
    },
    async cancel() {
      await iterator.return?.();
    },
  });
}

function isProtectedFrom({ rules }: World, account: Account): boolean {
  return account.role !== "admin" && (rules.requiredReviews > 0 || rules.requiredChecks.length > 0);
}

function refuse(status: number, message: string): Response {
  const headers = status === 401 ? { "www-authenticate": 'Basic realm="GitHub"' } : {};
  return new Response(`${message}\n`, { status, headers: { "content-type": "text/plain; charset=utf-8", ...headers } });
}
