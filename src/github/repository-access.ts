/** The App's access to one repository: its installation, its token, and how many requests were spent. */
import { createAppAuth } from "@octokit/auth-app";
import { Octokit } from "@octokit/rest";
import { z } from "zod";
import type { Clock, Instant } from "../clock.ts";
import { type ErrorCode, RemitError } from "../errors.ts";
import { anotherRepository } from "./another-repository.ts";
import { countingFetch } from "./counting-fetch.ts";
import type { GitHubAppOptions } from "./github-app.ts";
import { idByFormerName } from "./id-by-former-name.ts";
import { lacksPermission } from "./lacks-permission.ts";
import { type InstallationState, readInstallation } from "./read-installation.ts";
import { repositoryName } from "./repository-name.ts";
import { silentLog } from "./silent-log.ts";
import { toRemitError } from "./to-remit-error.ts";

/** What Remit's tokens may do; an App that was granted less gets an error that says so. */
const workPermissions: TokenPermissions = {
  contents: "write",
  pull_requests: "write",
  issues: "write",
  checks: "write",
  statuses: "read",
  merge_queues: "read",
  metadata: "read",
};

type TokenPermissions = Readonly<Partial<Record<TokenPermission, "read" | "write">>>;
type TokenPermission = "contents" | "pull_requests" | "issues" | "checks" | "statuses" | "merge_queues" | "metadata";

/** For tokens that may do less, and so can be had where the App was granted less. */
export interface Narrow {
  readonly permissions: TokenPermissions;
  /** Whose installation it is. */
  readonly of: RepositoryAccess;
}

/** A token this close to its end isn't used any more. */
const marginMs = 60_000;

const installationSchema = z.object({ id: z.number().int().positive() });
const tokenSchema = z.object({
  token: z.string().min(1),
  expires_at: z.iso.datetime({ offset: true }),
  repositories: z.array(z.object({ id: z.number().int().positive() })).optional(),
});

interface Token {
  readonly value: string;
  readonly expiresAt: Instant;
}

export class RepositoryAccess {
  readonly repository: string;
  readonly fetch: typeof fetch;
  requests = 0;
  readonly #options: GitHubAppOptions;
  readonly #clock: Clock;
  readonly #narrow: Narrow | undefined;
  readonly #app: Octokit;
  /** The same, for what belongs to no incident and so isn't counted. */
  readonly #watching: Octokit;
  #id: Promise<number> | undefined;
  /** The id was looked up just now, by this process. */
  #idIsFresh = false;
  #token: Promise<Token> | undefined;
  #repositoryId: number | undefined;

  constructor(repository: string, options: GitHubAppOptions, clock: Clock, narrow?: Narrow) {
    repositoryName(repository);
    this.#narrow = narrow;
    this.repository = repository;
    this.#options = options;
    this.#clock = clock;
    this.fetch = countingFetch({
      ...this.#limits(),
      count: () => {
        this.requests += 1;
      },
    });
    this.#app = this.#asApp(this.fetch);
    this.#watching = this.#asApp(countingFetch({ ...this.#limits(), count: () => undefined }));
  }

  #limits() {
    return { fetch: this.#options.fetch, timeoutMs: this.#options.timeoutMs ?? 30_000 };
  }

  #asApp(fetching: typeof fetch): Octokit {
    const { apiUrl, appId, privateKey } = this.#options;
    return new Octokit({
      baseUrl: apiUrl,
      authStrategy: createAppAuth,
      auth: { appId, privateKey },
      log: silentLog,
      request: { fetch: fetching, log: silentLog },
    });
  }

  useInstallation(id: number): void {
    this.#id = Promise.resolve(id);
    this.#idIsFresh = false;
  }

  installationId(): Promise<number> {
    if (this.#narrow !== undefined) return this.#narrow.of.installationId();
    this.#id ??= this.#remembered().catch((error: unknown) => {
      this.#id = undefined;
      throw error;
    });
    return this.#id;
  }

  async token(): Promise<string> {
    const pending = this.#token;
    if (pending !== undefined) {
      const known = await pending;
      if (known.expiresAt - marginMs > this.#clock.now()) return known.value;
      if (this.#token === pending) this.#token = undefined;
    }
    this.#token ??= this.#create().catch((error: unknown) => {
      this.#token = undefined;
      if (error instanceof RemitError && meansLostAccess.has(error.code)) this.#options.onRefused?.(this.repository);
      throw error;
    });
    return (await this.#token).value;
  }

  async repositoryId(): Promise<number | undefined> {
    this.#repositoryId ??= await this.#options.repositoryIds?.get(this.repository);
    return this.#repositoryId;
  }

  /** Asks as the App. Throws RemitError where GitHub can't be asked. */
  async installation(): Promise<InstallationState> {
    const read = async () => readInstallation(this.#watching, await this.installationId());
    try {
      return await read().catch((error: unknown) => {
        if (this.#codeOf(error) !== "github-not-found" || this.#idIsFresh) throw error;
        // The App was installed anew, or isn't any more.
        this.#id = this.#lookUp();
        return read();
      });
    } catch (error) {
      const code = this.#codeOf(error);
      if (code === "github-not-found" || code === "repository-unknown") return { kind: "gone" };
      throw toRemitError(error, `look at the App's installation on ${this.repository}`, this.#clock.now());
    }
  }

  #codeOf(error: unknown): ErrorCode {
    return toRemitError(error, "look at the App's installation", this.#clock.now()).code;
  }

  /** GitHub refused it: the next call gets a new one. */
  dropToken(): void {
    this.#token = undefined;
  }

  async #remembered(): Promise<number> {
    return (await this.#options.installationIds?.get(this.repository)) ?? this.#lookUp();
  }

  async #lookUp(): Promise<number> {
    const { owner, name } = repositoryName(this.repository);
    const doing = `find the App's installation on ${this.repository}`;
    try {
      const response = await this.#app.request("GET /repos/{owner}/{repo}/installation", { owner, repo: name });
      const { id } = installationSchema.parse(response.data);
      await this.#options.installationIds?.set(this.repository, id);
      this.#idIsFresh = true;
      return id;
    } catch (error) {
      const failure = toRemitError(error, doing, this.#clock.now());
      if (failure.code !== "github-not-found") throw failure;
      throw new RemitError("repository-unknown", `the App isn't installed on ${this.repository}`);
    }
  }

  async #create(): Promise<Token> {
    try {
      return await this.#request(await this.installationId());
    } catch (error) {
      const failure = toRemitError(error, `get a token for ${this.repository}`, this.#clock.now());
      if (failure.code !== "github-not-found" || this.#idIsFresh) throw failure;
      // The App was installed anew: the remembered id is of an installation that is gone.
      this.#id = this.#lookUp();
      return this.#request(await this.#id);
    }
  }

  /** By the repository's name the first time, and by its id ever after. */
  async #request(installationId: number): Promise<Token> {
    const known = await this.repositoryId();
    try {
      return await this.#grant(installationId, known);
    } catch (error) {
      const failure = toRemitError(error, `get a token for ${this.repository}`, this.#clock.now());
      if (failure.code !== "github-rejected") throw failure;
      if (lacksPermission(failure.message)) throw lacking(this.repository, failure);
      if (known !== undefined)
        throw new RemitError("repository-unknown", anotherRepository(this.repository), { cause: failure });
      return this.#grant(installationId, await this.#renamed(installationId));
    }
  }

  async #grant(installationId: number, id: number | undefined): Promise<Token> {
    const { name } = repositoryName(this.repository);
    const response = await this.#app.request("POST /app/installations/{installation_id}/access_tokens", {
      installation_id: installationId,
      ...(id === undefined ? { repositories: [name] } : { repository_ids: [id] }),
      permissions: { ...(this.#narrow?.permissions ?? workPermissions) },
    });
    const { token, expires_at, repositories } = tokenSchema.parse(response.data);
    if (this.#repositoryId === undefined) await this.#remember(repositories);
    return { value: token, expiresAt: Date.parse(expires_at) };
  }

  async #renamed(installationId: number): Promise<number> {
    const { repository, fetch } = this;
    const { apiUrl } = this.#options;
    try {
      return await idByFormerName({ repository, installationId, app: this.#app, apiUrl, fetch });
    } catch (error) {
      const failure = toRemitError(error, `find out what ${repository} is called now`, this.#clock.now());
      if (failure.code !== "github-not-found") throw failure;
      throw new RemitError("repository-unknown", `the App isn't installed on ${repository}`);
    }
  }

  async #remember(repositories: readonly { readonly id: number }[] = []): Promise<void> {
    const [only, ...others] = repositories;
    if (only === undefined || others.length > 0) return;
    this.#repositoryId = only.id;
    await this.#options.repositoryIds?.set(this.repository, only.id);
  }
}

/** Whoever watches is to look why. */
const meansLostAccess: ReadonlySet<ErrorCode> = new Set([
  "github-forbidden",
  "github-not-found",
  "github-unauthorized",
  "repository-unknown",
]);

function lacking(repository: string, cause: RemitError): RemitError {
  const message = `the App's installation on ${repository} lacks permissions that Remit needs: compare them with app.yml, and accept the new ones in the installation`;
  return new RemitError("github-forbidden", message, { cause });
}
