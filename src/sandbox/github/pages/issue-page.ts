/** An issue, for people. */
import { html } from "hono/html";
import type { World } from "../world/world.ts";
import { conversation, layout, type Markup, opening } from "./layout.ts";

/** Undefined when there is no such issue. */
export function issuePage(world: World, number: number): Markup | undefined {
  const issue = world.issues.find((item) => item.number === number);
  if (issue === undefined) return undefined;
  return layout(world, issue.title, html`${opening(issue, issue.state)}${conversation(issue)}`);
}
