/** GitHub in memory: the sandbox's stand-in without sockets and processes, and with everything that GitHub does on a bad day. */

import { generateKeyPairSync, type KeyObject } from "node:crypto";
import { branchMoved } from "../../src/sandbox/github/acts/branch-moved.ts";
import { createCheckRun } from "../../src/sandbox/github/acts/check-runs.ts";
import { ApiGate } from "../../src/sandbox/github/api-gate.ts";
import { appPermissions } from "../../src/sandbox/github/app-permissions.ts";
import { Credentials } from "../../src/sandbox/github/auth/credentials.ts";
import { Faults as FieldFaults } from "../../src/sandbox/github/faults.ts";
import type { GraphqlDocument } from "../../src/sandbox/github/graphql/execute-graphql.ts";
import { graphqlApi } from "../../src/sandbox/github/graphql/graphql-api.ts";
import { RateLimits } from "../../src/sandbox/github/rate-limits.ts";
import { restApi } from "../../src/sandbox/github/rest/rest-api.ts";
import { Traffic } from "../../src/sandbox/github/traffic.ts";
import { RestDescription } from "../../src/sandbox/github/validation/rest-description.ts";
import { WebhookSender } from "../../src/sandbox/github/webhooks/webhook-sender.ts";
import { type Account, personNamed } from "../../src/sandbox/github/world/accounts.ts";
import { World } from "../../src/sandbox/github/world/world.ts";
import { MemoryRepository } from "./git/memory-repository.ts";
import type { Random } from "./random.ts";
import type { SimulatedTime } from "./simulated-time.ts";

export const repository = "acme/shop";
export const webhookSecret = "simulated-webhook-secret";

/** What costs too much to be made for each world, and is the same in all of them. */
export interface GitHubParts {
  readonly description: RestDescription;
  readonly documents: Map<string, GraphqlDocument>;
  readonly keys: { readonly privateKey: KeyObject; readonly publicKey: KeyObject };
}

export function githubParts(): GitHubParts {
  // Nothing here is secret, and a short key signs quickly.
  const keys = generateKeyPairSync("rsa", { modulusLength: 1024 });
  return { description: new RestDescription(), documents: new Map(), keys };
}

/** A webhook on its way. */
export interface Webhook {
  readonly event: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

const zeros = "0".repeat(40);

export interface SeedHistory {
  readonly message: string;
  readonly at: number;
  readonly files: Readonly<Record<string, string>>;
}

export class SimulatedGitHub {
  readonly git = new MemoryRepository();
  readonly world: World;
  readonly credentials: Credentials;
  readonly traffic = new Traffic();
  readonly fieldFaults = new FieldFaults();
  /** Installation tokens that were handed out. */
  readonly tokens: string[] = [];
  readonly privateKeyPem: string;
  readonly #rest: (request: Request) => Promise<Response | undefined>;
  readonly #graphql: (request: Request) => Promise<Response | undefined>;

  constructor(time: SimulatedTime, random: Random, parts: GitHubParts, onWebhook: (webhook: Webhook) => void) {
    this.world = new World({
      clock: time,
      git: this.git,
      repository,
      permissions: appPermissions,
      unknownReads: 0,
      rules: {
        requiredChecks: ["remit/gate"],
        requiredReviews: 0,
        strict: false,
        dismissStaleReviews: false,
        mergeQueue: false,
      },
    });
    this.world.url = "https://github.com";
    const secrets = random.fork("secrets");
    this.credentials = new Credentials(this.world, time, 3_600_000, {
      keys: parts.keys,
      secret: (prefix) => {
        const token = `${prefix}${Array.from({ length: 36 }, () => secrets.between(0, 35).toString(36)).join("")}`;
        if (prefix === "ghs_") this.tokens.push(token);
        return token;
      },
    });
    this.privateKeyPem = parts.keys.privateKey.export({ type: "pkcs8", format: "pem" }).toString();
    const limits = new RateLimits(time, 5_000);
    const { world, credentials, traffic, fieldFaults: faults } = this;
    const gate = new ApiGate({ clock: time, credentials, faults, limits, traffic });
    const webhooks = new WebhookSender(world, {
      url: "https://remit.invalid/api/github/webhooks",
      secret: webhookSecret,
      fetch: async (_url, init) => {
        const headers = Object.fromEntries(new Headers(init?.headers));
        onWebhook({ event: headers["x-github-event"] ?? "", headers, body: String(init?.body) });
        return new Response("{}");
      },
    });
    world.onEvent((event) => void webhooks.send(event));
    const { description, documents } = parts;
    const shared = { world, credentials, webhooks, description, documents, limits, traffic, gate, faults };
    this.#rest = restApi(shared);
    this.#graphql = graphqlApi(shared);
  }

  /** What a client of api.github.com gets; undefined: the connection is dropped. */
  async handle(url: string, init: RequestInit): Promise<Response | undefined> {
    const { pathname, search } = new URL(url);
    const request = (at: string) => new Request(`https://github.com${at}`, init);
    if (pathname === "/graphql") return this.#graphql(request("/api/graphql"));
    const answer = await this.#rest(request(`/api/v3${pathname}${search}`));
    const moved = answer?.headers.get("location")?.replace("https://github.com/api/v3/", "https://api.github.com/");
    if (moved !== undefined) answer?.headers.set("location", moved);
    return answer;
  }

  /** The main branch as it was before the world began, oldest first. */
  async seed(history: readonly SeedHistory[]): Promise<void> {
    const author = personNamed("alice");
    let head: string | undefined;
    for (const { message, at, files } of history) {
      const changes = Object.entries(files).map(([path, content]) => ({ path, content }));
      const tree = await this.git.writeTree(head, changes);
      const identity = { name: author.name, email: author.email, at };
      const parents = head === undefined ? [] : [head];
      head = await this.git.writeCommit({ tree, parents, message, author: identity, committer: identity });
    }
    await this.git.setRef("refs/heads/main", head ?? "");
  }

  get mainHead(): string {
    return this.git.ref(this.world.defaultRef) ?? "";
  }

  /** What GitHub does: the ref goes over to the new name, and open pull requests with it. */
  async renameDefaultBranch(name: string, by: Account): Promise<void> {
    const { world, git, mainHead } = this;
    const [from, to] = [world.defaultRef, `refs/heads/${name}`];
    const before = world.defaultBranch;
    await git.setRef(to, mainHead);
    git.head = to;
    world.defaultBranch = name;
    for (const pull of world.pulls) {
      if (pull.state === "open" && pull.baseRef === before) pull.baseRef = name;
    }
    await git.updateRef(from, zeros, mainHead);
    await branchMoved(world, { ref: to, from: zeros, to: mainHead, sender: by });
    await branchMoved(world, { ref: from, from: mainHead, to: zeros, sender: by });
  }

  /** The text of a file on a revision; undefined where there is none. */
  text(revision: string, path: string): string | undefined {
    const entry = this.git.objects.files(revision).get(path);
    return entry && this.git.objects.read(entry.oid)?.body.toString();
  }

  /** Another App's check on a head. */
  reportCheck(name: string, head: string, conclusion: "success" | "failure"): Promise<unknown> {
    const { world } = this;
    return world.exclusively(() => createCheckRun(world, world.ci, { name, head, status: "completed", conclusion }));
  }

  /** Why nothing may be written now; undefined where no switch is on. */
  visibleStop(): string | undefined {
    if (this.text(this.mainHead, ".github/remit/STOP") !== undefined) return "the stop file";
    const issue = this.world.issues.find(({ state, labels }) => state === "open" && labels.includes("remit:stop"));
    return issue && `issue #${issue.number}`;
  }
}
