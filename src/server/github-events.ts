/** Hands stored GitHub deliveries to Probot, which dispatches them to the app's handlers. No request to GitHub is made. */
import { pino } from "pino";
import { Probot } from "probot";
import { RemitError } from "../errors.ts";
import { githubSignals } from "../signals/github-events.ts";
import type { Signal } from "../signals/signal.ts";
import type { Delivery } from "../store/store.ts";
import type { Secret } from "./config/secret.ts";
import { type GitHubEvent, probotApp } from "./probot-app.ts";

export interface GitHubEventsOptions {
  readonly appId: number;
  readonly privateKey: Secret;
  readonly apiUrl: string;
}

export interface GitHubEvents {
  /** What the delivery says. Throws RemitError payload-invalid. */
  signals(delivery: Delivery): Promise<readonly Signal[]>;
}

export async function createGitHubEvents(options: GitHubEventsOptions): Promise<GitHubEvents> {
  const { appId, privateKey, apiUrl } = options;
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
      return signals;
    },
  };
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
