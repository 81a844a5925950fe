/**
 * The second reader of `key=value` files, for proofs: character by character, by the rules of `java.util.Properties.load` and of the
 * common dotenv readers. It shares nothing with the first one, which goes line by line.
 */

/** Every pair in order, repeated keys included. Never throws; linear. */
export function readPairs(path: string, text: string): readonly (readonly [key: string, value: string])[] {
  const cursor = new Cursor(text);
  const pairs: [string, string][] = [];
  const read = /\.properties$/i.test(path) ? readProperty : readVariable;
  while (!cursor.done) {
    const pair = read(cursor);
    if (pair !== undefined) pairs.push(pair);
  }
  return pairs;
}

type Pair = [key: string, value: string];

class Cursor {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  get done(): boolean {
    return this.#at >= this.#text.length;
  }

  here(): string {
    return this.#text.charAt(this.#at);
  }

  /** At the end of a line, or of the text. */
  get ended(): boolean {
    return this.done || this.here() === "\n" || this.here() === "\r";
  }

  next(): string {
    return this.#text.charAt(this.#at++);
  }

  skip(characters: string): void {
    while (!this.done && characters.includes(this.here())) this.#at++;
  }

  skipLine(): void {
    while (!this.ended) this.#at++;
    this.#endLine();
  }

  #endLine(): void {
    if (this.here() === "\r") this.#at++;
    if (this.here() === "\n") this.#at++;
  }

  /** One character of a logical line: an escape counts as what it stands for, a continuation as nothing. */
  logical(): string {
    const character = this.next();
    if (character !== "\\" || this.done) return character;
    if (!this.ended) return `\\${this.next()}`;
    this.#endLine();
    this.skip(" \t\f");
    return "";
  }

  upTo(quote: string): string | undefined {
    const close = this.#text.indexOf(quote, this.#at);
    if (close < 0) return undefined;
    const value = this.#text.slice(this.#at, close);
    this.#at = close + 1;
    return value;
  }
}

function readProperty(cursor: Cursor): Pair | undefined {
  cursor.skip(" \t\f\r\n");
  if (cursor.done) return undefined;
  if (cursor.here() === "#" || cursor.here() === "!") {
    cursor.skipLine();
    return undefined;
  }
  let key = "";
  while (!cursor.ended && !"=: \t\f".includes(cursor.here())) key += cursor.logical();
  cursor.skip(" \t\f");
  if (cursor.here() === "=" || cursor.here() === ":") cursor.next();
  cursor.skip(" \t\f");
  let value = "";
  while (!cursor.ended) value += cursor.logical();
  cursor.skipLine();
  return [key, value];
}

function readVariable(cursor: Cursor): Pair | undefined {
  cursor.skip(" \t\f\r\n\ufeff");
  if (cursor.done) return undefined;
  let key = "";
  while (!cursor.ended && cursor.here() !== "=" && cursor.here() !== "#") key += cursor.next();
  if (cursor.here() !== "=") {
    cursor.skipLine();
    return undefined;
  }
  cursor.next();
  cursor.skip(" \t");
  const name = key.trim().replace(/^export\s+/, "");
  const quote = cursor.here();
  if (quote === "'" || quote === '"') {
    cursor.next();
    const value = cursor.upTo(quote);
    cursor.skipLine();
    return [name, value ?? ""];
  }
  let value = "";
  while (!cursor.ended && !(cursor.here() === "#" && /\s$/.test(value))) value += cursor.next();
  cursor.skipLine();
  return [name, value.trim()];
}
