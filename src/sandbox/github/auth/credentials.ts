/** Who holds which token: people's for good, installations' until they expire. */
import { generateKeyPairSync, type KeyObject, randomBytes } from "node:crypto";
import type { Clock, Instant } from "../../../clock.ts";
import { PEOPLE, type Person, people } from "../world/accounts.ts";
import type { Actor, Permissions } from "../world/actor.ts";
import { Refusal } from "../world/refusal.ts";
import type { World } from "../world/world.ts";
import { verifyAppJwt } from "./verify-app-jwt.ts";

export interface InstallationToken {
  readonly token: string;
  readonly expiresAt: Instant;
  readonly permissions: Permissions;
}

/** What a world makes up for itself unless told. */
export interface CredentialOptions {
  /** Of an RSA key; a new one for each world costs a tenth of a second. */
  readonly keys?: { readonly privateKey: KeyObject; readonly publicKey: KeyObject };
  /** A token that nobody can guess, with this prefix. */
  readonly secret?: (prefix: string) => string;
}

export class Credentials {
  /** PEM, PKCS #1, as GitHub hands it out. */
  readonly privateKey: string;
  readonly tokens: Readonly<Record<Person, string>>;
  readonly clientSecret: string;
  /** A token that nobody can guess, with this prefix. */
  readonly secret: (prefix: string) => string;
  readonly #publicKey: KeyObject;
  readonly #world: World;
  readonly #clock: Clock;
  readonly #lifetimeMs: number;
  readonly #installations = new Map<string, InstallationToken>();
  readonly #users = new Map<string, Person>();

  constructor(world: World, clock: Clock, lifetimeMs: number, options: CredentialOptions = {}) {
    const pair = options.keys ?? generateKeyPairSync("rsa", { modulusLength: 2048 });
    this.privateKey = pair.privateKey.export({ type: "pkcs1", format: "pem" }).toString();
    this.#publicKey = pair.publicKey;
    this.#world = world;
    this.#clock = clock;
    this.#lifetimeMs = lifetimeMs;
    this.secret = options.secret ?? secret;
    this.clientSecret = secret("");
    const [alice, bob, carol, mallory] = PEOPLE.map(() => this.secret("ghp_"));
    this.tokens = { alice: alice ?? "", bob: bob ?? "", carol: carol ?? "", mallory: mallory ?? "" };
  }

  createInstallationToken(permissions: Permissions): InstallationToken {
    const expiresAt = this.#clock.now() + this.#lifetimeMs;
    const issued = { token: this.secret("ghs_"), expiresAt, permissions };
    this.#installations.set(issued.token, issued);
    return issued;
  }

  /** A person's, given to the App: it says who they are. */
  createUserToken(person: Person): string {
    const token = this.secret("ghu_");
    this.#users.set(token, person);
    return token;
  }

  revoke(token: string): void {
    this.#installations.delete(token);
  }

  /** From an `Authorization` header: `Bearer`, `token` or `Basic` with the token as password. Throws 401. */
  authenticate(header: string | undefined): Actor {
    if (header === undefined || header === "") return { kind: "anonymous" };
    const token = tokenOf(header);
    if (token.split(".").length === 3) {
      verifyAppJwt(token, this.#world.remit, this.#publicKey, this.#clock.now());
      return { kind: "app", app: this.#world.remit };
    }
    const person = this.#users.get(token) ?? PEOPLE.find((name) => this.tokens[name] === token);
    const account = people.find((item) => item.login === person);
    if (account !== undefined) return { kind: "user", account };
    const issued = this.#installations.get(token);
    if (issued === undefined || issued.expiresAt <= this.#clock.now()) throw new Refusal(401, "Bad credentials");
    if (this.#world.installed === "removed") throw new Refusal(401, "Bad credentials");
    if (this.#world.installed === "suspended") throw Refusal.suspended();
    const app = this.#world.remit;
    return { kind: "installation", app, account: app.bot, permissions: issued.permissions, token };
  }
}

function tokenOf(header: string): string {
  const [scheme = "", value = ""] = header.split(" ");
  if (scheme.toLowerCase() !== "basic") return value;
  const plain = Buffer.from(value, "base64").toString();
  return plain.slice(plain.indexOf(":") + 1);
}

function secret(prefix: string): string {
  return prefix + randomBytes(27).toString("base64url").replace(/[-_]/g, "0");
}
