/** Tells the world that something happened to a pull request. */
import { presentPull } from "../present/present-pull.ts";
import type { Account } from "../world/accounts.ts";
import type { PullRecord } from "../world/records.ts";
import type { World } from "../world/world.ts";
import { mergeability } from "./mergeability.ts";
import { pullSize } from "./pull-content.ts";

export async function pullEvent(
  world: World,
  pull: PullRecord,
  action: string,
  sender: Account,
  extra: Readonly<Record<string, unknown>> = {},
): Promise<void> {
  // A webhook is sent before GitHub knows whether the pull request merges.
  const merge =
    pull.state === "open"
      ? ({ mergeable: "UNKNOWN", state: "UNKNOWN", refusal: undefined } as const)
      : await mergeability(world, pull);
  const shown = presentPull(world, pull, merge, await pullSize(world, pull));
  world.emit({
    name: "pull_request",
    action,
    sender,
    payload: { action, number: pull.number, pull_request: shown, ...extra },
  });
}
