/** Remit as a Probot app: every event becomes signals, and nothing is done about them here. */
import type { ApplicationFunction } from "probot";

export interface GitHubEvent {
  /** X-GitHub-Delivery. */
  readonly id: string;
  readonly name: string;
  readonly payload: unknown;
}

/** `onEvent` may throw: whoever delivers the event learns of it. */
export function probotApp(onEvent: (event: GitHubEvent) => void | Promise<void>): ApplicationFunction {
  return (app) => {
    app.onAny(async ({ id, name, payload }) => onEvent({ id, name, payload }));
  };
}
