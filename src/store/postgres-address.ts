/** A PostgreSQL URL, taken apart once: its words are for people, and the rest never leaves this object. */
import { inspect } from "node:util";
import { RemitError } from "../errors.ts";

export class PostgresAddress {
  /** `remit at db.example:5432`: the database and the server, without who logs in. */
  readonly place: string;
  readonly #url: string;
  readonly #secrets: readonly string[];

  /** Throws RemitError config-invalid, which doesn't repeat the text. */
  constructor(text: string) {
    const url = parse(text);
    const database = decodeURIComponent(url.pathname.slice(1)) || decodeURIComponent(url.username) || "postgres";
    const host = decodeURIComponent(url.hostname) || url.searchParams.get("host") || "localhost";
    this.place = `${database} at ${host}:${url.port || url.searchParams.get("port") || "5432"}`;
    this.#url = text;
    const passwords = [url.password, decodeURIComponent(url.password), url.searchParams.get("password") ?? ""];
    this.#secrets = [text, ...passwords].filter((secret) => secret !== "");
  }

  /** For the driver, and nobody else. */
  reveal(): string {
    return this.#url;
  }

  /** `text` with the URL and the password made unreadable, should either be in it. */
  redact(text: string): string {
    return this.#secrets.reduce((rest, secret) => rest.replaceAll(secret, "[secret]"), text);
  }

  toString(): string {
    return this.place;
  }

  toJSON(): string {
    return this.place;
  }

  [inspect.custom](): string {
    return this.place;
  }
}

function parse(text: string): URL {
  // Node's own error holds the whole URL, so it is left behind.
  if (URL.canParse(text)) {
    const url = new URL(text);
    if (url.protocol === "postgres:" || url.protocol === "postgresql:") return url;
  }
  const message = "not a PostgreSQL URL: expected postgres://user:password@host:port/database";
  throw new RemitError("config-invalid", message, { audience: "user" });
}
