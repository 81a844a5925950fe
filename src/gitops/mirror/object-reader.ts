/** Reads git objects by id through one long-lived `git cat-file --batch`, pipelined. Never touches the network. */
import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { RemitError } from "../../errors.ts";

export interface GitObject {
  readonly type: string;
  readonly size: number;
  /** undefined where the object is larger than was asked for. */
  readonly content: Buffer | undefined;
}

interface Request {
  readonly id: string;
  readonly maxBytes: number;
  resolve(object: GitObject | undefined): void;
  reject(error: RemitError): void;
}

/** The answer being read. */
interface Body {
  readonly type: string;
  readonly size: number;
  /** Bytes still to come, the closing newline included. */
  left: number;
  readonly parts: Buffer[];
}

/** The child starts with the first request and again after it died; requests that it took with it are rejected. */
export class ObjectReader {
  readonly #environment: Readonly<Record<string, string>>;
  #child: ChildProcessWithoutNullStreams | undefined;
  #waiting: Request[] = [];
  #chunks: Buffer[] = [];
  #body: Body | undefined;

  constructor(environment: Readonly<Record<string, string>>) {
    this.#environment = environment;
  }

  /** `id` is a full object id. Resolves to undefined where the object isn't there. */
  read(id: string, maxBytes: number): Promise<GitObject | undefined> {
    return new Promise((resolve, reject) => {
      const child = this.#child ?? this.#start();
      this.#waiting.push({ id, maxBytes, resolve, reject });
      child.stdin.write(`${id}\n`);
    });
  }

  async close(): Promise<void> {
    const child = this.#child;
    if (child === undefined) return;
    const closed = new Promise<void>((resolve) => child.once("close", () => resolve()));
    child.stdin.end();
    await closed;
  }

  #start(): ChildProcessWithoutNullStreams {
    const child = spawn("git", ["cat-file", "--batch"], { env: this.#environment, stdio: "pipe" });
    this.#child = child;
    child.stdout.on("data", (chunk: Buffer) => {
      if (this.#child === child) this.#receive(chunk);
    });
    child.stderr.resume();
    // A child that ends early breaks the pipe; its `close` says the rest.
    child.stdin.on("error", () => child.kill());
    child.on("error", (cause) => this.#fail(child, cause));
    child.on("close", () => this.#fail(child, undefined));
    return child;
  }

  #fail(child: ChildProcessWithoutNullStreams, cause: unknown): void {
    if (this.#child !== child) return;
    const lost = this.#waiting;
    this.#child = undefined;
    this.#waiting = [];
    this.#chunks = [];
    this.#body = undefined;
    for (const request of lost) request.reject(new RemitError("git-failed", "git cat-file ended early", { cause }));
  }

  #receive(chunk: Buffer): void {
    let rest = chunk;
    while (rest.length > 0) rest = this.#body === undefined ? this.#header(rest) : this.#content(this.#body, rest);
  }

  #header(chunk: Buffer): Buffer {
    const end = chunk.indexOf(10);
    if (end < 0) {
      this.#chunks.push(chunk);
      return chunk.subarray(chunk.length);
    }
    const line = Buffer.concat([...this.#chunks, chunk.subarray(0, end)]).toString("latin1");
    this.#chunks = [];
    const [id, type, size] = line.split(" ");
    const request = this.#waiting[0];
    if (request === undefined || id !== request.id) this.#child?.kill();
    else if (size === undefined) {
      this.#waiting.shift();
      request.resolve(undefined);
    } else this.#body = { type: type ?? "", size: Number(size), left: Number(size) + 1, parts: [] };
    return chunk.subarray(end + 1);
  }

  #content(body: Body, chunk: Buffer): Buffer {
    const request = this.#waiting[0];
    const taken = chunk.subarray(0, body.left);
    body.left -= taken.length;
    const wanted = request !== undefined && body.size <= request.maxBytes;
    if (wanted) body.parts.push(taken);
    if (body.left === 0) {
      this.#body = undefined;
      this.#waiting.shift();
      const content = wanted ? Buffer.concat(body.parts).subarray(0, body.size) : undefined;
      request?.resolve({ type: body.type, size: body.size, content });
    }
    return chunk.subarray(taken.length);
  }
}
