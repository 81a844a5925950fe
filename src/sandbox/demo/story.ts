/** What happened in the demo, in order, as observed from outside: the terminal, the page and `--json` all tell from here. */
import type { Instant } from "../../clock.ts";
import type { JumpClock } from "./jump-clock.ts";

export interface StoryEvent {
  /** A stable word for programs: `deployed`, `alert-firing`, `proposed`, `merged`, `delivered`, `recovered`, `verified`, … */
  readonly event: string;
  readonly at: Instant;
  /** Since the demo began, as its spectators count. */
  readonly seconds: number;
  readonly actor: Actor;
  /** A sentence for people. */
  readonly message: string;
  /** More for programs; plain JSON. */
  readonly data: Readonly<Record<string, unknown>>;
}

export type Actor = "person" | "traffic" | "clock" | "cluster" | "alerts" | "github" | "remit" | "demo";

export interface Story {
  readonly startedAt: Instant;
  readonly events: readonly StoryEvent[];
  add(event: NewStoryEvent): void;
  /** Hears every event from now on. */
  listen(listener: (event: StoryEvent) => void): void;
  /** Resolves with the first event that matches, past ones included. */
  first(matches: (event: StoryEvent) => boolean): Promise<StoryEvent>;
}

export interface NewStoryEvent {
  readonly event: string;
  readonly actor: Actor;
  readonly message: string;
  readonly at?: Instant;
  readonly data?: Readonly<Record<string, unknown>>;
}

export function createStory(clock: JumpClock): Story {
  const startedAt = clock.now();
  const events: StoryEvent[] = [];
  const listeners: ((event: StoryEvent) => void)[] = [];
  return {
    startedAt,
    events,
    add({ event, actor, message, at = clock.now(), data = {} }) {
      const told = {
        event,
        at,
        seconds: Math.round((clock.unjumped(at) - startedAt) / 100) / 10,
        actor,
        message,
        data,
      };
      events.push(told);
      for (const listener of [...listeners]) listener(told);
    },
    listen(listener) {
      listeners.push(listener);
    },
    first(matches) {
      const past = events.find(matches);
      if (past !== undefined) return Promise.resolve(past);
      return new Promise((resolve) => {
        listeners.push((event) => {
          if (matches(event)) resolve(event);
        });
      });
    },
  };
}

/** The first that was heard of the trouble: the alert, or with a monitor from outside the incident that it opened. */
export function alertOf(story: Story): StoryEvent | undefined {
  return story.events.find(({ event }) => event === "alert-firing" || event === "opened");
}
