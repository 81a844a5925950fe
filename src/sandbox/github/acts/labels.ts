/** The repository's labels, and those of an issue or pull request. */
import { presentLabel } from "../present/present-thread.ts";
import type { Account } from "../world/accounts.ts";
import type { AnyThread, LabelRecord } from "../world/records.ts";
import { Refusal } from "../world/refusal.ts";
import type { World } from "../world/world.ts";
import { issueEvent } from "./issue-event.ts";
import { pullEvent } from "./pull-event.ts";

/** Names differ in more than case. */
export function findLabel(world: World, name: string): LabelRecord | undefined {
  return world.labels.find((label) => label.name.toLowerCase() === name.toLowerCase());
}

export function createLabel(
  world: World,
  name: string,
  color = "ededed",
  description: string | null = null,
): LabelRecord {
  if (findLabel(world, name) !== undefined) {
    throw new Refusal(422, "Validation Failed", {
      errors: [{ resource: "Label", code: "already_exists", field: "name" }],
      graphql: "Name has already been taken",
    });
  }
  const label = { id: world.nextId(), name, color: color.replace(/^#/, ""), description };
  world.labels.push(label);
  return label;
}

/** As GitHub does for whoever may push: an unknown label is created. */
export function ensureLabel(world: World, name: string): LabelRecord {
  return findLabel(world, name) ?? createLabel(world, name);
}

/** Makes the thread carry exactly these labels. */
export async function setLabels(world: World, thread: AnyThread, names: readonly string[], by: Account): Promise<void> {
  const wanted = names.map((name) => ensureLabel(world, name));
  for (const name of [...thread.labels]) {
    if (wanted.some((label) => label.name === name)) continue;
    thread.labels.splice(thread.labels.indexOf(name), 1);
    await tell(world, thread, "unlabeled", name, by);
  }
  for (const label of wanted) {
    if (thread.labels.includes(label.name)) continue;
    thread.labels.push(label.name);
    await tell(world, thread, "labeled", label.name, by);
  }
}

async function tell(world: World, thread: AnyThread, action: string, name: string, by: Account): Promise<void> {
  thread.updatedAt = world.now();
  const label = presentLabel(world, ensureLabel(world, name));
  if (thread.kind === "issue") issueEvent(world, thread, action, by, { label });
  else await pullEvent(world, thread, action, by, { label });
}
