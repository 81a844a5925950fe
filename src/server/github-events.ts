/** Hands stored GitHub deliveries to Probot, which dispatches them to the app's handlers. No request to GitHub is made. */
import { pino } from "pino";
import { Probot } from "probot";
import { z } from "zod";
import { RemitError } from "../errors.ts";
import { githubSignals } from "../signals/github-events.ts";
import type { Signal } from "../signals/signal.ts";
import type { Delivery } from "../store/store.ts";
import type { Secret } from "./config/secret.ts";
import type { KnownRepositories } from "./known-repositories.ts";
import { type GitHubEvent, probotApp } from "./probot-app.ts";

export interface GitHubEventsOptions {
  readonly appId: number;
  readonly privateKey: Secret;
  readonly apiUrl: string;
  /** What Remit calls a repository of an event; undefined where the event is of none that it knows by this name. */
  readonly nameOf?: KnownRepositories["nameOf"];
  /** Told which installation an event came from, so that no look-up is needed. */
  readonly onInstallation?: (repository: string, installationId: number) => void;
}

export interface GitHubEvents {
  /** What the delivery says. Throws RemitError payload-invalid. */
  signals(delivery: Delivery): Promise<readonly Signal[]>;
}

const named = z.object({ id: z.number().int().positive(), full_name: z.string() });
const origin = z.object({
  installation: z.object({ id: z.number().int().positive() }),
  repository: z.object({ full_name: z.string() }),
});
const mentioned = z.object({
  repository: named.optional().catch(undefined),
  repositories: z.array(named).catch([]),
  repositories_added: z.array(named).catch([]),
});

export async function createGitHubEvents(options: GitHubEventsOptions): Promise<GitHubEvents> {
  const { appId, privateKey, apiUrl, onInstallation } = options;
  const collecting = new Map<string, (event: GitHubEvent) => void>();
  const probot = new Probot({
    appId,
    privateKey: privateKey.reveal(),
    baseUrl: apiUrl,
    // Probot logs whole payloads, which are other people's text.
    log: pino({ level: "silent" }),
  });
  await probot.ready();
  await probot.load(probotApp((event) => collecting.get(event.id)?.(event)));
  return {
    async signals({ id, event: name, body, receivedAt }) {
      const payload: unknown = parse(body);
      const signals: Signal[] = [];
      collecting.set(id, (event) => {
        signals.push(...githubSignals(event.name, event.payload, receivedAt));
      });
      try {
        // The name was checked at intake, and Probot takes any: its types list the ones that it knows.
        await probot.receive({ id, name, payload } as Parameters<Probot["receive"]>[0]);
      } catch (error) {
        throw rootCause(error);
      } finally {
        collecting.delete(id);
      }
      const nameOf = await namesIn(payload, options.nameOf);
      const from = origin.safeParse(payload);
      const repository = from.data && nameOf(from.data.repository.full_name);
      if (from.success && repository !== undefined) onInstallation?.(repository, from.data.installation.id);
      return signals.flatMap((signal) => {
        const name = nameOf(signal.repository);
        return name === undefined ? [] : [{ ...signal, repository: name }];
      });
    },
  };
}

/** By the name that the payload gives. A payload that gives no id is taken by its word. */
async function namesIn(payload: unknown, nameOf: GitHubEventsOptions["nameOf"]) {
  const names = new Map<string, string | undefined>();
  const { repository, repositories, repositories_added } = mentioned.parse(payload);
  for (const named of [...(repository === undefined ? [] : [repository]), ...repositories, ...repositories_added]) {
    names.set(named.full_name, nameOf === undefined ? named.full_name : await nameOf(named));
  }
  return (name: string) => (names.has(name) ? names.get(name) : name);
}

function parse(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch (error) {
    throw new RemitError("payload-invalid", "the stored delivery isn't JSON", { cause: error });
  }
}

/** Probot wraps what a handler threw, more than once. */
function rootCause(error: unknown): unknown {
  if (error instanceof AggregateError && error.errors.length > 0) return rootCause(error.errors[0]);
  return error instanceof Error && error.cause instanceof RemitError ? error.cause : error;
}
