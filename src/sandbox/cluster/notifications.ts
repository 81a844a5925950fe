/** Sync notifications in the form of Remit's published Argo CD template, sent in order until they are accepted or refused. */
import type { Clock, Instant } from "../../clock.ts";
import type { ClusterEvent, Health } from "./cluster-event.ts";
import { postJson, type Receiver } from "./post-json.ts";
import { repeat } from "./repeat.ts";

export interface SyncNotification {
  readonly application: string;
  /** Of the Application itself. */
  readonly namespace: string;
  /** Where it deploys to. */
  readonly destination: string;
  readonly environment: string;
  readonly path: string;
  readonly revision: string;
  readonly phase: "Running" | "Succeeded" | "Failed";
  readonly sync: "Synced" | "OutOfSync";
  readonly health: Health;
  readonly finishedAt: Instant | undefined;
}

export interface Notifications {
  send(notification: SyncNotification): void;
  close(): Promise<void>;
}

export interface NotificationOptions {
  readonly receiver: Receiver;
  /** Pause between two looks at the queue, and so between two attempts. */
  readonly everyMs: number;
  readonly clock: Clock;
  readonly onEvent: (event: ClusterEvent) => void;
}

const maxQueued = 1_000;

export function startNotifications(options: NotificationOptions): Notifications {
  const queue: SyncNotification[] = [];
  const drain = async () => {
    for (let next = queue[0]; next !== undefined; next = queue[0]) {
      const result = await postJson(options.receiver, body(next));
      if (result.outcome === "retry") return;
      queue.shift();
      const accepted = result.outcome === "accepted";
      const detail = `${next.application} ${next.phase} ${next.health}${accepted ? "" : `: ${result.status} ${result.why}`}`;
      options.onEvent({ kind: "notified", at: options.clock.now(), what: "argocd", accepted, detail });
    }
  };
  const loop = repeat(options.everyMs, drain);
  return {
    send(notification) {
      queue.push(notification);
      if (queue.length > maxQueued) queue.shift();
    },
    close: () => loop.stop(),
  };
}

function body(notification: SyncNotification): string {
  const { finishedAt, ...rest } = notification;
  return JSON.stringify({ ...rest, finishedAt: finishedAt === undefined ? "" : new Date(finishedAt).toISOString() });
}
