/** A PostgreSQL server of one's own on loopback, which a test may stop, kill and start again. Works for root, too. */
import { type ChildProcess, execFile, execFileSync, spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { promisify } from "node:util";

export interface PostgresServer {
  /** Of the database `postgres`, as the superuser `remit`. */
  readonly url: string;
  readonly password: string;
  /** Resolves when it takes connections. */
  start(): Promise<void>;
  /** `fast` ends its connections and writes everything out; `immediate` is a crash. */
  stop(how: "fast" | "immediate"): Promise<void>;
  /** Stops it and removes its files. */
  close(): Promise<void>;
}

export interface PostgresOptions {
  /** The directory that `findPostgres` found. */
  readonly programs: string;
  /** Survive a power failure, as a real one does? Tests don't need it, and benchmarks do. */
  readonly durable?: boolean;
}

export async function createPostgres(options: PostgresOptions): Promise<PostgresServer> {
  const place = mkdtempSync(join(tmpdir(), "remit-test-postgres-"));
  const user = plainUser();
  const programs = readable(options.programs, place, user !== undefined);
  const data = join(place, "data");
  const passwordFile = join(place, "password");
  const password = `secret-${randomUUID()}`;
  writeFileSync(passwordFile, password);
  chmodSync(place, 0o755);
  for (const path of [passwordFile, place]) if (user !== undefined) chownSync(path, user.uid, user.gid);
  const flags = ["-U", "remit", "-A", "scram-sha-256", `--pwfile=${passwordFile}`, "-E", "UTF8", "--locale=C"];
  await promisify(execFile)(join(programs, "bin/initdb"), ["-D", data, "--no-sync", ...flags], { ...user, cwd: place });
  const port = await freePort();
  const settings = {
    listen_addresses: "127.0.0.1",
    unix_socket_directories: "",
    max_connections: "150",
    shared_buffers: "64MB",
    ...(options.durable === true ? {} : { fsync: "off", full_page_writes: "off" }),
  };
  const args = Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
  let running: ChildProcess | undefined;
  const kill = () => void running?.kill("SIGQUIT");
  process.once("exit", kill);
  const server: PostgresServer = {
    url: `postgres://remit:${password}@127.0.0.1:${port}/postgres`,
    password,
    async start() {
      running = spawn(join(programs, "bin/postgres"), ["-D", data, "-p", String(port), ...args], {
        ...user,
        cwd: place,
        stdio: ["ignore", "ignore", "pipe"],
      });
      await ready(running);
    },
    async stop(how) {
      if (running === undefined || running.exitCode !== null || running.signalCode !== null) return;
      const ended = once(running, "exit");
      running.kill(how === "fast" ? "SIGINT" : "SIGQUIT");
      await ended;
      running = undefined;
    },
    async close() {
      process.off("exit", kill);
      await server.stop("immediate");
      rmSync(place, { recursive: true, force: true });
    },
  };
  return server;
}

function ready(server: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    let said = "";
    server.stderr?.setEncoding("utf8").on("data", (text: string) => {
      if (said.length < 10_000) said += text;
      if (said.includes("database system is ready to accept connections")) resolve();
    });
    server.once("exit", (code) => reject(new Error(`PostgreSQL ended with ${code}: ${said}`)));
    server.once("error", reject);
  });
}

/** PostgreSQL refuses to run as root, so there it runs as the user that owns nothing. */
function plainUser(): { readonly uid: number; readonly gid: number } | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const ask = (flag: string) => Number(execFileSync("id", [flag, "nobody"], { encoding: "utf8" }));
  return { uid: ask("-u"), gid: ask("-g") };
}

/** The programs where the user that runs them can read them, with the links that npm packages can't hold. */
function readable(programs: string, place: string, foreign: boolean): string {
  if (!foreign || isOpen(programs)) {
    link(programs);
    return programs;
  }
  const copy = join(place, basename(programs));
  cpSync(programs, copy, { recursive: true, verbatimSymlinks: true });
  link(copy);
  return copy;
}

function isOpen(path: string): boolean {
  const readableByAll = (statSync(path).mode & 0o005) === 0o005;
  return readableByAll && (path === "/" || isOpen(dirname(path)));
}

/** The package makes them in an installation script, which many don't run. */
function link(programs: string): void {
  const list = join(programs, "pg-symlinks.json");
  if (!existsSync(list)) return;
  for (const program of ["initdb", "postgres"]) chmodSync(join(programs, "bin", program), 0o755);
  const links: readonly { readonly source: string; readonly target: string }[] = JSON.parse(readFileSync(list, "utf8"));
  for (const { source, target } of links) {
    const path = join(dirname(programs), target);
    if (!existsSync(path)) symlinkSync(basename(source), path);
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  if (address === null || typeof address === "string") throw new Error("no port");
  return address.port;
}
