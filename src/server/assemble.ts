/** Puts Remit together: the store, GitHub, the mirrors and the reconciler. Every effect has its one place here. */
import { type Clock, systemClock } from "../clock.ts";
import {
  createDashboards,
  createForge,
  createLedgerBranch,
  createOnboarding,
  createReviewIssue,
  createWatchdogIssues,
} from "../github/create-forge.ts";
import { createGitHubApp, type GitHubApp } from "../github/github-app.ts";
import { reportCheck } from "../github/report-check.ts";
import { openMirror } from "../gitops/mirror/git-mirror.ts";
import type { Mirror } from "../gitops/mirror/mirror.ts";
import { claudeCounsel } from "../model/claude-counsel.ts";
import { dashboardQueue, formatDashboardTask } from "../remediation/dashboard/dashboard-task.ts";
import type { Dashboards } from "../remediation/dashboard/dashboards.ts";
import { endLeases } from "../remediation/end-leases.ts";
import type { Forge } from "../remediation/forge.ts";
import { type CheckReport, gatePull } from "../remediation/gate-pull.ts";
import { parseGateTask } from "../remediation/gate-task.ts";
import type { OnboardingParts } from "../remediation/onboarding/onboarding.ts";
import { formatOnboardingTask, onboardingQueue } from "../remediation/onboarding/onboarding-task.ts";
import { receiveSignals } from "../remediation/receive-signals.ts";
import { createReconciler } from "../remediation/reconciler.ts";
import type { LedgerBranch } from "../remediation/recording/ledger.ts";
import { queueLedgers } from "../remediation/recording/ledger-task.ts";
import { ledgerWriter } from "../remediation/recording/ledger-writer.ts";
import type { Renderer } from "../remediation/rendering/renderer.ts";
import { type RepositoryReader, repositoryReader } from "../remediation/repository-reader.ts";
import { restorer } from "../remediation/restoring/restorer.ts";
import type { Log } from "../remediation/session.ts";
import { compareShadows } from "../remediation/shadow/compare-shadows.ts";
import type { Spoken } from "../remediation/spoken.ts";
import type { WatchdogIssues } from "../remediation/watchdog/watchdog-issues.ts";
import type { Store } from "../store/store.ts";
import type { Assembly } from "./assembly.ts";
import type { Config } from "./config/config.ts";
import { createLog } from "./create-log.ts";
import { gitUrl } from "./git-url.ts";
import { createGitHubEvents } from "./github-events.ts";
import { imageWatch } from "./image-watch.ts";
import { installationPast } from "./installation-past.ts";
import { knownRepositories } from "./known-repositories.ts";
import { maySpeakOf } from "./may-speak-of.ts";
import { mirrorDirectory } from "./mirror-directory.ts";
import { namedEvents } from "./named-events.ts";
import { openStore } from "./open-store.ts";
import { ownPast } from "./own-past.ts";
import { parseDelivery } from "./parse-delivery.ts";
import { policyPack } from "./policy-pack.ts";
import { createReaders } from "./readers.ts";
import { registryImages } from "./registries/registry-images.ts";
import { repositoryStanding } from "./repository-standing.ts";
import { monthlyReviews } from "./review/monthly-reviews.ts";
import { parseReviewTask } from "./review/review-task.ts";
import { signInEnds } from "./sign-in/sign-in-ends.ts";
import { requireSshKeygen, sshSignatures } from "./signatures/ssh-signatures.ts";
import { version } from "./version.ts";
import { accessWatch } from "./watchdog/access-watch.ts";
import { mirrorWatch } from "./watchdog/mirror-watch.ts";
import { installationChanges, watchdogEnds } from "./watchdog/watchdog-ends.ts";

export interface AssembleOptions {
  readonly clock?: Clock;
  readonly log?: Log;
  /** False against a stand-in: GitHub's advice on spacing writes needn't be followed there. */
  readonly throttle?: boolean;
  /** None unless said otherwise: then candidates say that they aren't rendered. */
  readonly renderer?: Renderer;
}

export async function assemble(config: Config, options: AssembleOptions = {}): Promise<Assembly> {
  const clock = options.clock ?? systemClock;
  const log = options.log ?? createLog(config.logLevel);
  if (config.policySigning !== undefined) await requireSshKeygen();
  const store = await openStore(config);
  const known = knownRepositories(
    store,
    config.sources.map(({ repository }) => repository),
  );
  const app = createGitHubApp({
    appId: config.github.appId,
    privateKey: config.github.privateKey.reveal(),
    apiUrl: config.github.apiUrl,
    throttle: options.throttle ?? true,
    installationIds: installationIds(store),
    repositoryIds: known.ids,
    lanes: store.lanes,
    onRefused: (repository) => access.refused(repository),
    clock,
    log,
  });
  const access = accessWatch({ app, clock, log });
  const mirrors = mirrorWatch(clock);
  const github = namedEvents(await createGitHubEvents(config.github), {
    nameOf: async (named) => {
      const name = await known.nameOf(named);
      if (name === undefined)
        log.warn({ id: named.id }, "an event of a repository with another one's name was left out");
      return name;
    },
    // The signature was checked at the door, so the installation that GitHub names saves a look-up.
    onInstallation: (repository, id) => app.useInstallation(repository, id),
  });
  const forges = new Map<string, Forge>();
  const ledgers = new Map<string, LedgerBranch>();
  const dashboards = new Map<string, Dashboards>();
  const ledgerBranch = (repository: string) => keep(ledgers, repository, () => createLedgerBranch({ app, repository }));
  const restore = config.ledger ? restorer({ store, branch: ledgerBranch, clock, log }) : undefined;
  const readers = createReaders(mirrors, (repository, watched) =>
    openReader(config, { app, renderer: options.renderer, watched }, repository),
  );
  const reader = async (repository: string) => {
    const opened = await readers.get(repository);
    await restore?.(opened);
    return opened;
  };
  const configured = new Set(config.sources.map(({ repository }) => repository));
  const repositories = () => new Set([...configured, ...readers.names()]);
  const issues = new Map<string, WatchdogIssues>();
  const images = config.registries.length === 0 ? undefined : registryImages(config.registries);
  const watchImages = images && imageWatch({ images, clock, log });
  const parts = {
    store,
    clock,
    log,
    settings: config.response,
    autoMerge: config.autoMerge,
    stopEnvironment: () => config.stop,
    images,
    counsel: config.modelApiKey && claudeCounsel({ apiKey: config.modelApiKey.reveal() }),
    forge: (repository: string) =>
      keep(forges, repository, () => createForge({ app, repository, mergeMethod: config.mergeMethod })),
    reader,
    dashboards: config.dashboard
      ? (repository: string) => keep(dashboards, repository, () => createDashboards({ app, repository }))
      : undefined,
    onboarding: config.onboarding ? await onboardingParts(config, { app, clock, log, reader }) : undefined,
    ledger: config.ledger
      ? ledgerWriter({
          store,
          clock,
          reader,
          log,
          software: version(),
          branch: ledgerBranch,
        })
      : undefined,
    elsewhere: installationPast(() => [...repositories()], reader),
    ourLogin: async () => `${await app.slug()}[bot]`,
    reportCheck: (repository: string, report: CheckReport) => reportCheck(app, repository, report),
    maySpeakOf: (name: string, spoken: Spoken) => maySpeakOf(config.sources, name, spoken),
  };
  const reconcileIncident = createReconciler(parts);
  const reviews = config.review
    ? monthlyReviews({
        ...parts,
        directory: (repository) => mirrorDirectory(config, repository),
        issue: (repository, month) => createReviewIssue({ app, repository }, month),
      })
    : undefined;
  return {
    store,
    clock,
    log,
    async handleDelivery(delivery) {
      const signals = await parseDelivery(config, github, delivery);
      for (const repository of installationChanges(signals)) access.changed(repository);
      return receiveSignals(parts, signals);
    },
    async reconcile(key, hold) {
      const task = parseGateTask(key);
      const reviewed = parseReviewTask(key);
      if (task !== undefined) await gatePull(parts, task, hold);
      else if (reviewed !== undefined) await reviews?.write(reviewed, hold);
      else return reconcileIncident(key, hold);
      return undefined;
    },
    async endLeases() {
      if (config.ledger) await queueLedgers(store, clock.now());
      for (const repository of repositories()) {
        try {
          await endLeases(parts, repository);
          await compareShadows(parts, repository);
          if (config.onboarding) await store.queue.add(formatOnboardingTask(repository), clock.now(), onboardingQueue);
          if (config.dashboard) await store.queue.add(formatDashboardTask(repository), clock.now(), dashboardQueue);
          await reviews?.ask(repository);
          await watchImages?.(await reader(repository));
        } catch (error) {
          // Those of the others end all the same, and this one is looked at again with the next turn.
          log.error({ repository, error }, "what was for a time only in this repository couldn't be looked at");
        }
      }
    },
    watchdog: watchdogEnds({
      clock,
      mirrors,
      access,
      reader,
      configured,
      repositories,
      issues: config.watchdog
        ? (repository) => keep(issues, repository, () => createWatchdogIssues({ app, repository }))
        : undefined,
    }),
    signIn: config.oauth && signInEnds({ ...config, oauth: config.oauth }, app, parts, repositories),
    spent: () => app.spent,
    standing: async () => ({
      webUrl: gitUrl(config.github.apiUrl),
      model: config.modelApiKey !== undefined,
      budgets: app.budgets,
      repositories: await Promise.all([...repositories()].map((each) => repositoryStanding(parts, readers, each))),
    }),
    async close() {
      await readers.close();
      await store.close();
    },
  };
}

interface ReaderNeeds {
  readonly app: GitHubApp;
  readonly renderer: Renderer | undefined;
  readonly watched: (mirror: Mirror) => Mirror;
}

async function openReader(
  config: Config,
  { app, renderer, watched }: ReaderNeeds,
  repository: string,
): Promise<RepositoryReader> {
  const mirror = await openMirror({
    directory: mirrorDirectory(config, repository),
    repository,
    url: `${gitUrl(config.github.apiUrl)}/${repository}.git`,
    authorization: () => app.gitAuthorization(repository),
  });
  const { policySigning } = config;
  return repositoryReader(watched(mirror), policySigning && sshSignatures({ repository, ...policySigning }), renderer);
}

interface OnboardingNeeds {
  readonly app: GitHubApp;
  readonly clock: Clock;
  readonly log: Log;
  readonly reader: (repository: string) => Promise<RepositoryReader>;
}

async function onboardingParts(config: Config, { app, clock, log, reader }: OnboardingNeeds): Promise<OnboardingParts> {
  const pack = await policyPack();
  return {
    pack,
    on: (repository) => createOnboarding({ app, repository }, pack),
    async past(repository, revision) {
      try {
        const { mirror } = await reader(repository);
        return await ownPast({ mirror, directory: mirrorDirectory(config, repository), revision, clock });
      } catch (error) {
        log.warn({ repository, error }, "its history couldn't be replayed: it is asked without");
        return undefined;
      }
    },
  };
}

function installationIds(store: Store) {
  const key = (repository: string) => `installation:${repository}`;
  return {
    async get(repository: string) {
      const value = Number(await store.settings.get(key(repository)));
      return Number.isSafeInteger(value) && value > 0 ? value : undefined;
    },
    set: (repository: string, id: number) => store.settings.set(key(repository), String(id)),
  };
}

function keep<T>(kept: Map<string, T>, key: string, make: () => T): T {
  const known = kept.get(key);
  if (known !== undefined) return known;
  const made = make();
  kept.set(key, made);
  return made;
}
