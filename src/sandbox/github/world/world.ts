/** The state of the stand-in: one repository, its people, Apps and conversations, and what happened to them. */
import type { Clock, Instant } from "../../../clock.ts";
import type { GitObjects } from "../git/git-objects.ts";
import { type Account, type AppAccount, app, people, webFlow } from "./accounts.ts";
import type { Permissions } from "./actor.ts";
import type {
  AnyThread,
  CheckRunRecord,
  CheckSuiteRecord,
  DeploymentRecord,
  IssueRecord,
  LabelRecord,
  PullRecord,
  StatusRecord,
} from "./records.ts";

/** The rules of the default branch. */
export interface BranchRules {
  requiredChecks: readonly string[];
  requiredReviews: number;
  /** A pull request must contain the base's head before it merges. */
  strict: boolean;
  dismissStaleReviews: boolean;
  /** Pull requests are merged by a merge queue only. */
  mergeQueue: boolean;
}

export interface WorldSettings {
  readonly clock: Clock;
  readonly git: GitObjects;
  /** `owner/name`. */
  readonly repository: string;
  readonly rules: BranchRules;
  readonly permissions: Permissions;
  /** How many reads answer `UNKNOWN` after a head or the base moved. */
  readonly unknownReads: number;
}

/** Something that webhooks tell: the payload is built when it happens, without sender; installation and repository are the usual ones unless it names others. */
export interface WorldEvent {
  /** `pull_request`. */
  readonly name: string;
  readonly action: string | undefined;
  readonly sender: Account;
  readonly payload: Readonly<Record<string, unknown>>;
}

export class World {
  readonly clock: Clock;
  readonly git: GitObjects;
  readonly owner: string;
  /** What `rename` changes; the repository keeps its id. */
  name: string;
  readonly rules: BranchRules;
  /** What the installation was granted. */
  permissions: Permissions;
  /** `suspended` by an owner, or `removed` from the organization. */
  installed: "active" | "suspended" | "removed" = "active";
  readonly unknownReads: number;
  readonly repositoryId = 730_001;
  readonly installationId = 52_000_001;
  readonly createdAt: Instant;
  pushedAt: Instant;
  archived = false;
  fork = false;
  autoMergeAllowed = true;
  defaultBranch = "main";
  readonly organization: Account;
  readonly remit: AppAccount = app(870_001, "remit", "Remit", 190_000_001);
  readonly ci: AppAccount = app(870_002, "acme-ci", "Acme CI", 190_000_002);
  readonly threads: AnyThread[] = [];
  readonly labels: LabelRecord[] = [];
  readonly suites: CheckSuiteRecord[] = [];
  readonly checkRuns: CheckRunRecord[] = [];
  readonly statuses: StatusRecord[] = [];
  readonly deployments: DeploymentRecord[] = [];
  /** Commits that GitHub signed. */
  readonly signed = new Set<string>();
  /** Root of this server, without a trailing slash; known once it listens. */
  url = "http://127.0.0.1";
  /** Follows every turn, before the next begins. */
  afterTurn: () => Promise<void> = async () => {};
  readonly #formerNames = new Set<string>();
  readonly #listeners: ((event: WorldEvent) => void)[] = [];
  #lastId = 1_600_000_000;
  #turn: Promise<unknown> = Promise.resolve();

  constructor(settings: WorldSettings) {
    this.clock = settings.clock;
    this.git = settings.git;
    const [owner = "acme", name = "shop"] = settings.repository.split("/");
    this.owner = owner;
    this.name = name;
    this.rules = settings.rules;
    this.permissions = settings.permissions;
    this.unknownReads = settings.unknownReads;
    this.createdAt = settings.clock.now();
    this.pushedAt = this.createdAt;
    this.organization = { type: "Organization", login: owner, id: 1000, name: owner, email: "", role: "none" };
  }

  get fullName(): string {
    return `${this.owner}/${this.name}`;
  }

  /** The old name goes on leading here, as long as nobody else takes it. */
  rename(name: string): void {
    this.#formerNames.add(this.fullName.toLowerCase());
    this.name = name;
    this.#formerNames.delete(this.fullName.toLowerCase());
  }

  isCalled(fullName: string): boolean {
    return fullName.toLowerCase() === this.fullName.toLowerCase();
  }

  wasCalled(fullName: string): boolean {
    return this.#formerNames.has(fullName.toLowerCase());
  }

  get htmlUrl(): string {
    return `${this.url}/${this.fullName}`;
  }

  get apiUrl(): string {
    return `${this.url}/api/v3/repos/${this.fullName}`;
  }

  get defaultRef(): string {
    return `refs/heads/${this.defaultBranch}`;
  }

  get accounts(): readonly Account[] {
    return [...people, this.remit.bot, this.ci.bot, this.organization, webFlow];
  }

  get pulls(): PullRecord[] {
    return this.threads.filter((thread) => thread.kind === "pull");
  }

  get issues(): IssueRecord[] {
    return this.threads.filter((thread) => thread.kind === "issue");
  }

  /** The same in every run. Below 2^31, since GraphQL shows it as an `Int`. */
  nextId(): number {
    this.#lastId += 1;
    return this.#lastId;
  }

  nextNumber(): number {
    return this.threads.length + 1;
  }

  now(): Instant {
    return this.clock.now();
  }

  /** Everything that changes state takes its turn, so a request never sees another half done. */
  exclusively<T>(work: () => Promise<T> | T): Promise<T> {
    const turn = this.#turn.then(async () => {
      const result = await work();
      await this.afterTurn();
      return result;
    });
    this.#turn = turn.catch(() => undefined);
    return turn;
  }

  onEvent(listener: (event: WorldEvent) => void): void {
    this.#listeners.push(listener);
  }

  emit(event: WorldEvent): void {
    for (const listener of this.#listeners) listener(event);
  }
}
