/** Remit's identity on GitHub: signs as the App, finds its installations, and hands out tokens that are good for one repository. */
import { createAppAuth } from "@octokit/auth-app";
import { Octokit } from "@octokit/rest";
import { z } from "zod";
import { type Clock, systemClock } from "../clock.ts";
import { RemitError } from "../errors.ts";
import { type BudgetLeft, budgetLeft } from "./budget-left.ts";
import { countingFetch } from "./counting-fetch.ts";
import { createClient } from "./create-client.ts";
import { gitAuthorization } from "./git-authorization.ts";
import { InstallationLane } from "./installation-lane.ts";
import type { LaneStore } from "./lane-store.ts";
import { memoryLanes } from "./memory-lanes.ts";
import type { InstallationState } from "./read-installation.ts";
import { RepositoryAccess } from "./repository-access.ts";
import { repositoryName } from "./repository-name.ts";
import type { GraphqlClient } from "./run-document.ts";
import { silentLog } from "./silent-log.ts";
import { toRemitError } from "./to-remit-error.ts";

export interface GitHubAppOptions {
  readonly appId: string | number;
  /** PEM. */
  readonly privateKey: string;
  /** `https://api.github.com`, or `https://host/api/v3`. */
  readonly apiUrl: string;
  /** Spaces writes as GitHub advises. True unless said otherwise; false against a stand-in. */
  readonly throttle?: boolean;
  /** What replicas share of the spacing and of GitHub's limits. This process's own unless given. */
  readonly lanes?: LaneStore;
  /** Where installation ids are remembered, so that a restart needs no look-up. */
  readonly installationIds?: KnownIds;
  /** Where the id of each repository is remembered: a name may be given to another repository, an id never. */
  readonly repositoryIds?: KnownIds;
  /** GitHub said that the App may not do something: a permission is missing, or the installation is gone or suspended. */
  readonly onRefused?: (repository: string) => void;
  readonly fetch?: typeof fetch;
  readonly clock?: Clock;
  readonly log?: GitHubLog;
  /** How long one request may take. 30,000 unless said otherwise. */
  readonly timeoutMs?: number;
}

/** By `owner/name`. */
export interface KnownIds {
  get(repository: string): Promise<number | undefined>;
  set(repository: string, id: number): Promise<void>;
}

export interface GitHubLog {
  warn(fields: object, message: string): void;
}

export interface GitHubApp {
  /** `remit`: the App's name in URLs; its bot is `remit[bot]`. */
  slug(): Promise<string>;
  /** Throws repository-unknown where the App isn't installed. */
  installationId(repository: string): Promise<number>;
  /** Says what the id is, from a webhook or the configuration, so that no look-up is needed. */
  useInstallation(repository: string, id: number): void;
  /** How the App's installation stands now. One request, which no repository's count holds. */
  installation(repository: string): Promise<InstallationState>;
  /** An installation token for this repository alone; kept until a minute before it expires. A secret. */
  token(repository: string): Promise<string>;
  /** The id of the repository that had this name when Remit first got a token for it. Asks only where nobody knows it yet. */
  repositoryId(repository: string): Promise<number | undefined>;
  /** The value of git's `Authorization` header for this repository. A secret. */
  gitAuthorization(repository: string): Promise<string>;
  /** Requests to GitHub's API so far for this repository: REST, GraphQL, tokens and look-ups. */
  requests(repository: string): number;
  /** An authorised client for this repository. */
  client(repository: string): GraphqlClient;
  /** One that may write issues and nothing else: it works where the App lacks what else Remit needs. */
  issueClient(repository: string): GraphqlClient;
  readonly clock: Clock;
  readonly log: GitHubLog;
  /** Does this GitHub always sign commits that are made through its API? github.com does; an Enterprise Server may not. */
  readonly signsCommits: boolean;
  /** Requests and retries so far, of all lanes; both 0 where writes aren't spaced. */
  readonly spent: { readonly requests: number; readonly retries: number };
  /** What GitHub last said that is left, by account and resource. Nothing is asked for it. */
  readonly budgets: readonly BudgetLeft[];
}

export function createGitHubApp(given: GitHubAppOptions): GitHubApp {
  const options = { ...given, apiUrl: given.apiUrl.replace(/\/+$/, "") };
  const clock = options.clock ?? systemClock;
  const accesses = new Map<string, RepositoryAccess>();
  const clients = new Map<string, GraphqlClient>();
  const issueClients = new Map<string, GraphqlClient>();
  const lanes = new Map<string, InstallationLane>();
  const budgets = new Map<string, BudgetLeft>();
  const laneStore = options.lanes ?? memoryLanes();
  let slug: Promise<string> | undefined;

  const access = (repository: string): RepositoryAccess => {
    const known = accesses.get(repository);
    if (known !== undefined) return known;
    const created = new RepositoryAccess(repository, options, clock);
    accesses.set(repository, created);
    return created;
  };

  // An installation is one account's.
  const laneOf = (repository: string): InstallationLane | undefined => {
    if (options.throttle === false) return undefined;
    const name = `${options.appId}/${repositoryName(repository).owner.toLowerCase()}`;
    const lane = lanes.get(name) ?? new InstallationLane({ name, store: laneStore, clock, sleep });
    lanes.set(name, lane);
    return lane;
  };

  const makeClient = (repository: string, by = access(repository)): GraphqlClient => {
    const account = repositoryName(repository).owner;
    return createClient(by, options, clock, laneOf(repository), (headers) => {
      const budget = budgetLeft(headers);
      if (budget === undefined) return;
      budgets.set(`${account.toLowerCase()} ${budget.resource}`, { ...budget, account, at: clock.now() });
    });
  };

  return {
    clock,
    log: options.log ?? { warn: () => undefined },
    signsCommits: /^https:\/\/api\.(github\.com|[a-z0-9-]+\.ghe\.com)$/i.test(options.apiUrl),
    get spent() {
      const budgets = [...lanes.values()].map(({ budget }) => budget);
      const sum = (of: "requests" | "retries") => budgets.reduce((total, budget) => total + budget[of], 0);
      return { requests: sum("requests"), retries: sum("retries") };
    },
    get budgets() {
      return [...budgets.values()];
    },
    slug: () => {
      slug ??= readSlug(options, clock).catch((error: unknown) => {
        slug = undefined;
        throw error;
      });
      return slug;
    },
    installationId: (repository) => access(repository).installationId(),
    useInstallation: (repository, id) => access(repository).useInstallation(id),
    installation: (repository) => access(repository).installation(),
    token: (repository) => access(repository).token(),
    repositoryId: (repository) => access(repository).repositoryId(),
    gitAuthorization: async (repository) => gitAuthorization(await access(repository).token()),
    requests: (repository) => access(repository).requests,
    client: (repository) => {
      repositoryName(repository);
      const client = clients.get(repository) ?? makeClient(repository);
      clients.set(repository, client);
      return client;
    },
    issueClient: (repository) => {
      const narrow = { permissions: { issues: "write", metadata: "read" }, of: access(repository) } as const;
      const client =
        issueClients.get(repository) ??
        makeClient(repository, new RepositoryAccess(repository, options, clock, narrow));
      issueClients.set(repository, client);
      return client;
    },
  };
}

function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

const appSchema = z.object({ slug: z.string().min(1) });

async function readSlug(options: GitHubAppOptions, clock: Clock): Promise<string> {
  try {
    const octokit = new Octokit({
      baseUrl: options.apiUrl,
      authStrategy: createAppAuth,
      auth: { appId: options.appId, privateKey: options.privateKey },
      log: silentLog,
      request: {
        fetch: countingFetch({ fetch: options.fetch, timeoutMs: options.timeoutMs ?? 30_000, count: () => undefined }),
        log: silentLog,
      },
    });
    const { data } = await octokit.request("GET /app");
    const parsed = appSchema.safeParse(data);
    if (!parsed.success) throw new RemitError("github-unauthorized", "GitHub doesn't know this App by a name");
    return parsed.data.slug;
  } catch (error) {
    throw toRemitError(error, "read the App's own name", clock.now());
  }
}
