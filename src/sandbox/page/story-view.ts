/** The story as a list: when, who, what. */
import { html } from "hono/html";
import type { Actor, StoryEvent } from "../demo/story.ts";

const actors: Readonly<Record<Actor, string>> = {
  person: "person",
  traffic: "traffic",
  clock: "clock",
  cluster: "cluster",
  alerts: "alerting",
  github: "GitHub",
  remit: "Remit",
  demo: "demo",
};

export function storyView(story: readonly StoryEvent[]): ReturnType<typeof html> {
  return html`<ol class="story">
    ${story
      .filter((event) => event.actor !== "demo")
      .map(
        (event) => html`<li class="${event.actor}" data-event="${event.event}">
        <time>${event.seconds.toFixed(1)} s</time>
        <span class="actor">${actors[event.actor]}</span>
        <span>${event.message}</span>
      </li>`,
      )}
  </ol>`;
}
