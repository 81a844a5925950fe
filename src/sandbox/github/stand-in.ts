/** What starting the GitHub stand-in takes and gives. */
import type { Clock } from "../../clock.ts";
import type { PersonalCommit } from "./acts/commit-as.ts";
import type { Installing } from "./acts/install.ts";
import type { FaultBehaviour, FaultMatcher } from "./faults.ts";
import type { LoggedRequest } from "./traffic.ts";
import type { WebhookDelivery } from "./webhooks/webhook-delivery.ts";
import type { Person } from "./world/accounts.ts";
import type { Permissions } from "./world/actor.ts";

export interface SeedCommit {
  readonly author: Person;
  readonly message: string;
  /** New text by path; null removes the file. */
  readonly files: Readonly<Record<string, string | null>>;
  /** Milliseconds since the epoch; the clock's present if left out. */
  readonly date?: number;
}

export interface GitHubOptions {
  /** Holds the bare repository; created if missing. */
  readonly directory: string;
  /** Any free port unless told. */
  readonly port?: number;
  /** `acme/shop` unless told. */
  readonly repository?: string;
  readonly clock?: Clock;
  /** Judges tokens and tells clients the time; `clock` unless told. For worlds whose time is not the client's. */
  readonly tokenClock?: Clock;
  /** History of the main branch, oldest first; one commit with a README unless told. */
  readonly initial?: readonly SeedCommit[];
  /** Names of checks that the main branch requires. */
  readonly requiredChecks?: readonly string[];
  readonly requiredReviews?: number;
  /** A pull request must contain the head of its base. */
  readonly strictChecks?: boolean;
  readonly dismissStaleReviews?: boolean;
  /** Pull requests are merged by a merge queue only. */
  readonly mergeQueue?: boolean;
  readonly webhook?: { readonly url?: string; readonly secret?: string };
  /** One hour unless told. */
  readonly tokenLifetimeMs?: number;
  /** What the App was granted. */
  readonly permissions?: Permissions;
  /** How long the sandbox's CI takes, 0 unless told; false: there is none. */
  readonly ci?: { readonly delayMs: number } | false;
  /** Requests per hour and token. */
  readonly rateLimit?: number;
  /** Reads of a pull request that answer `UNKNOWN` after its head or base moved. */
  readonly unknownReads?: number;
}

export interface GitHubStandIn {
  readonly url: string;
  /** For octokit's `baseUrl`; GraphQL is found beside it. */
  readonly apiUrl: string;
  readonly graphqlUrl: string;
  readonly cloneUrl: string;
  readonly appId: number;
  readonly clientId: string;
  /** For the web application flow. */
  readonly clientSecret: string;
  readonly appSlug: string;
  readonly installationId: number;
  /** PEM. */
  readonly privateKey: string;
  readonly webhookSecret: string;
  readonly tokens: Readonly<Record<Person, string>>;
  readonly gitDirectory: string;
  readonly repository: string;
  /** API requests, oldest first. Git's own are counted apart. */
  readonly requests: readonly LoggedRequest[];
  gitRequests(): number;
  /** What was not as GitHub describes it: requests, answers, webhooks. */
  readonly violations: readonly string[];
  /** Throws an error that lists them, if there are any. */
  assertNoViolations(): void;
  setWebhook(url: string | undefined): void;
  /** Sends a delivery again with the same GUID and body; false when there is no such. */
  redeliver(guid: string): boolean;
  readonly deliveries: readonly WebhookDelivery[];
  readonly faults: {
    /** Arms a fault; the function returned disarms it. */
    fail(matcher: FaultMatcher, behaviour: FaultBehaviour): () => void;
    clear(): void;
  };
  setRules(rules: { readonly requiredChecks?: readonly string[]; readonly requiredReviews?: number }): void;
  setArchived(archived: boolean): void;
  setFork(fork: boolean): void;
  /** Tells that the App was installed here, or that the repository was added to its installation. */
  install(how: Installing): void;
  /** Somebody with power over the installation changes it. No webhook tells. */
  setInstallation(change: {
    readonly permissions?: Permissions;
    readonly installed?: "active" | "suspended" | "removed";
  }): void;
  /** The repository gets another name in the same organization; the old one leads to it. */
  rename(name: string): void;
  /** Id of a commit pushed by a person, past the branch's rules. */
  commitAs(person: Person, commit: PersonalCommit): Promise<string>;
  /** When CI has run and every webhook was answered or has failed. */
  settled(): Promise<void>;
  close(): Promise<void>;
}
