/** Reads git objects, by id or by the name of a ref, through one long-lived `git cat-file --batch`, pipelined. Never touches the network. */
import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { RemitError } from "../../errors.ts";

export interface GitObject {
  readonly type: string;
  readonly size: number;
  /** undefined where the object is larger than was asked for. */
  readonly content: Buffer | undefined;
}

/** `object` is undefined where it isn't there. Its content is lent: what is to be kept has to be copied. */
export type ObjectVisitor = (id: string, object: GitObject | undefined) => void;

/** Objects that somebody waits for, answered in order. */
interface Batch {
  readonly ids: readonly string[];
  /** What is asked for are names, and the answer tells the ids. */
  readonly byName: boolean;
  /** How many are answered. */
  answered: number;
  readonly maxBytes: number;
  readonly visit: ObjectVisitor;
  resolve(): void;
  reject(error: unknown): void;
}

/** An answer that is longer than what has come of it. */
interface Body {
  readonly id: string;
  readonly type: string;
  readonly size: number;
  /** Bytes that have come, the closing newline included. */
  come: number;
  /** undefined where nobody wants them. */
  readonly content: Buffer | undefined;
}

/** Ids that go to the child in one write. */
const idsPerWrite = 1000;

/** The child starts with the first request and again after it died; requests that it took with it are rejected. */
export class ObjectReader {
  readonly #environment: Readonly<Record<string, string>>;
  #child: ChildProcessWithoutNullStreams | undefined;
  readonly #waiting = new Set<Batch>();
  /** The beginning of an answer's first line. */
  #line = "";
  #body: Body | undefined;

  constructor(environment: Readonly<Record<string, string>>) {
    this.#environment = environment;
  }

  /** `id` is a full object id. Resolves to undefined where the object isn't there. */
  async read(id: string, maxBytes: number): Promise<GitObject | undefined> {
    let found: GitObject | undefined;
    await this.readAll([id], maxBytes, (_, object) => {
      found = object?.content === undefined ? object : { ...object, content: Buffer.from(object.content) };
    });
    return found;
  }

  /** The commit that a full ref name (or `HEAD`) points at now. Resolves to undefined where there is none. */
  async commitOf(ref: string): Promise<string | undefined> {
    // A line break would be a second question, whose answer nobody waits for.
    if (/\s/.test(ref)) return undefined;
    let commit: string | undefined;
    await this.#ask([`${ref}^{commit}`], true, 0, (id, object) => {
      commit = object === undefined ? undefined : id;
    });
    return commit;
  }

  /** Shows each object as soon as it has come, in the order of `ids`; holds one at a time. */
  readAll(ids: readonly string[], maxBytes: number, visit: ObjectVisitor): Promise<void> {
    return ids.length === 0 ? Promise.resolve() : this.#ask(ids, false, maxBytes, visit);
  }

  #ask(ids: readonly string[], byName: boolean, maxBytes: number, visit: ObjectVisitor): Promise<void> {
    return new Promise((resolve, reject) => {
      const child = this.#child ?? this.#start();
      this.#waiting.add({ ids, byName, answered: 0, maxBytes, visit, resolve, reject });
      for (let at = 0; at < ids.length; at += idsPerWrite)
        child.stdin.write(`${ids.slice(at, at + idsPerWrite).join("\n")}\n`);
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
    child.stdout.on("data", (chunk: Buffer) => this.#receive(child, chunk));
    child.stderr.resume();
    // A child that ends early breaks the pipe; its `close` says the rest.
    child.stdin.on("error", () => child.kill());
    child.on("error", (cause) => this.#fail(child, cause));
    child.on("close", () => this.#fail(child, undefined));
    return child;
  }

  #fail(child: ChildProcessWithoutNullStreams, cause: unknown): void {
    if (this.#child !== child) return;
    const lost = [...this.#waiting];
    this.#child = undefined;
    this.#waiting.clear();
    this.#line = "";
    this.#body = undefined;
    for (const batch of lost) batch.reject(new RemitError("git-failed", "git cat-file ended early", { cause }));
  }

  #receive(child: ChildProcessWithoutNullStreams, chunk: Buffer): void {
    let at = 0;
    while (at < chunk.length && this.#child === child)
      at = this.#body === undefined ? this.#begin(child, chunk, at) : this.#continue(this.#body, chunk, at);
  }

  /** Reads an answer's first line and, where all of it has come, the object. Returns how far it got. */
  #begin(child: ChildProcessWithoutNullStreams, chunk: Buffer, from: number): number {
    const end = chunk.indexOf(10, from);
    this.#line += chunk.toString("latin1", from, end < 0 ? chunk.length : end);
    if (end < 0) return chunk.length;
    const [id = "", type = "", digits] = this.#line.split(" ");
    this.#line = "";
    const [batch] = this.#waiting;
    if (batch === undefined || !(answersName(batch, digits) || id === batch.ids[batch.answered])) {
      child.kill();
      return chunk.length;
    }
    const start = end + 1;
    if (digits === undefined) {
      this.#answer(batch, id, undefined);
      return start;
    }
    const size = Number(digits);
    const wanted = size <= batch.maxBytes;
    if (start + size < chunk.length) {
      const content = wanted ? chunk.subarray(start, start + size) : undefined;
      this.#answer(batch, id, { type, size, content });
      return start + size + 1;
    }
    this.#body = { id, type, size, come: 0, content: wanted ? Buffer.allocUnsafeSlow(size) : undefined };
    return start;
  }

  #continue(body: Body, chunk: Buffer, from: number): number {
    const to = Math.min(chunk.length, from + body.size + 1 - body.come);
    if (body.content !== undefined) chunk.copy(body.content, body.come, from, to);
    body.come += to - from;
    const [batch] = this.#waiting;
    if (body.come > body.size && batch !== undefined) {
      this.#body = undefined;
      this.#answer(batch, body.id, { type: body.type, size: body.size, content: body.content });
    }
    return to;
  }

  #answer(batch: Batch, id: string, object: GitObject | undefined): void {
    batch.answered += 1;
    if (batch.answered === batch.ids.length) this.#waiting.delete(batch);
    try {
      batch.visit(id, object);
    } catch (error) {
      // The answers that are still to come are read past.
      batch.reject(error);
    }
    if (batch.answered === batch.ids.length) batch.resolve();
  }
}

/** Found by its name: the answer begins with the id. What isn't there is told by the name, as it was asked for. */
function answersName({ byName }: Batch, size: string | undefined): boolean {
  return byName && size !== undefined;
}
