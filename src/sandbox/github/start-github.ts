/** Starts a GitHub of one repository on loopback: REST, GraphQL, git over HTTP and webhooks, over a real bare repository. */

import { randomBytes } from "node:crypto";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { systemClock } from "../../clock.ts";
import { runAutoMerges } from "./acts/auto-merge.ts";
import { commitAs } from "./acts/commit-as.ts";
import { install } from "./acts/install.ts";
import { runMergeQueue } from "./acts/merge-queue.ts";
import { ApiGate } from "./api-gate.ts";
import { appPermissions } from "./app-permissions.ts";
import { Credentials } from "./auth/credentials.ts";
import { Faults } from "./faults.ts";
import { GitRepository } from "./git/git-repository.ts";
import { seedHistory } from "./git/seed-history.ts";
import { RateLimits } from "./rate-limits.ts";
import { SandboxCi } from "./sandbox-ci.ts";
import { serveGitHub } from "./serve-github.ts";
import type { GitHubOptions, GitHubStandIn, SeedCommit } from "./stand-in.ts";
import { Traffic } from "./traffic.ts";
import { RestDescription } from "./validation/rest-description.ts";
import { webhookName } from "./webhooks/webhook-name.ts";
import { WebhookSender } from "./webhooks/webhook-sender.ts";
import { personNamed } from "./world/accounts.ts";
import { World } from "./world/world.ts";

export type { GitHubOptions, GitHubStandIn, SeedCommit } from "./stand-in.ts";

const HOUR_MS = 3_600_000;

export async function startGitHub(options: GitHubOptions): Promise<GitHubStandIn> {
  const world = await createWorld(options);
  const clock = options.tokenClock ?? world.clock;
  const credentials = new Credentials(world, clock, options.tokenLifetimeMs ?? HOUR_MS);
  const traffic = new Traffic();
  const faults = new Faults();
  const description = new RestDescription();
  const limits = new RateLimits(clock, options.rateLimit ?? 5_000);
  const gate = new ApiGate({ clock, credentials, faults, limits, traffic });
  const secret = options.webhook?.secret ?? randomBytes(20).toString("hex");
  const webhooks = new WebhookSender(world, { url: options.webhook?.url, secret });
  world.onEvent((event) => {
    const sent = webhooks.send(event);
    const name = webhookName(event);
    const problems = sent === undefined ? [] : description.webhookProblems(name, sent.payload);
    traffic.violate(`webhook ${name}`, "POST", "", problems ?? ["no such webhook is described"]);
  });
  world.afterTurn = async () => {
    await runAutoMerges(world);
    await runMergeQueue(world);
  };
  const ci = options.ci === false ? undefined : new SandboxCi(world, options.ci?.delayMs ?? 0);
  const server = await serveGitHub(
    { world, credentials, webhooks, description, limits, traffic, gate, faults },
    options.port,
  );
  world.url = server.url;
  const settled = async () => {
    await ci?.settled();
    await webhooks.settled();
  };
  return {
    url: server.url,
    apiUrl: `${server.url}/api/v3`,
    graphqlUrl: `${server.url}/api/graphql`,
    cloneUrl: `${server.url}/${world.fullName}.git`,
    appId: world.remit.id,
    clientId: world.remit.clientId,
    clientSecret: credentials.clientSecret,
    appSlug: world.remit.slug,
    installationId: world.installationId,
    privateKey: credentials.privateKey,
    webhookSecret: secret,
    tokens: credentials.tokens,
    gitDirectory: world.git.place,
    repository: world.fullName,
    requests: traffic.requests,
    gitRequests: () => traffic.gitRequests,
    violations: traffic.violations,
    assertNoViolations: () => {
      if (traffic.violations.length > 0)
        throw new Error(`not as GitHub describes it:\n${traffic.violations.join("\n")}`);
    },
    setWebhook: (url) => {
      webhooks.url = url;
    },
    redeliver: (guid) => webhooks.redeliver(guid),
    deliveries: webhooks.deliveries,
    faults: { fail: (matcher, behaviour) => faults.fail(matcher, behaviour), clear: () => faults.clear() },
    setRules: (rules) => Object.assign(world.rules, rules),
    setArchived: (archived) => {
      world.archived = archived;
    },
    setFork: (fork) => {
      world.fork = fork;
    },
    setInstallation: (change) => Object.assign(world, change),
    install: (how) => install(world, how),
    rename: (name) => world.rename(name),
    commitAs: (person, commit) => world.exclusively(() => commitAs(world, person, commit)),
    settled,
    close: async () => {
      await ci?.close();
      await webhooks.close();
      await server.close();
      await world.git.close();
    },
  };
}

async function createWorld(options: GitHubOptions): Promise<World> {
  const repository = options.repository ?? "acme/shop";
  await mkdir(options.directory, { recursive: true });
  const git = await GitRepository.create(join(options.directory, `${repository.split("/")[1] ?? "repository"}.git`));
  const world = new World({
    clock: options.clock ?? systemClock,
    git,
    repository,
    permissions: options.permissions ?? appPermissions,
    unknownReads: options.unknownReads ?? 0,
    rules: {
      requiredChecks: options.requiredChecks ?? [],
      requiredReviews: options.requiredReviews ?? 0,
      strict: options.strictChecks ?? false,
      dismissStaleReviews: options.dismissStaleReviews ?? false,
      mergeQueue: options.mergeQueue ?? false,
    },
  });
  const readme = { author: "alice", message: "Begin", files: { "README.md": `# ${world.name}\n` } } as const;
  const seed: readonly SeedCommit[] = options.initial ?? [readme];
  const history = seed.map(({ author, message, files, date }) => {
    const { name, email } = personNamed(author);
    return { author: { name, email, at: date ?? world.now() }, message, files };
  });
  await seedHistory(git, world.defaultRef, history);
  return world;
}
