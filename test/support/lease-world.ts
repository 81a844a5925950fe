/** A world in which Remit has done something for an hour. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { overlayFile } from "../../src/sandbox/demo/shop-files.ts";
import { type IncidentWorld, incidentWorld, minute, type WorldOptions } from "./incident-world.ts";
import { leaseMessage } from "./lease-message.ts";
import { mergedByRemit } from "./merged-by-remit.ts";

export const hour = 60 * minute;
export const leasedFile = overlayFile("checkout", "production");

/** What it leaves behind. */
export const past = { title: "Relieve checkout/production", state: "closed", merged: true };

export async function leaseWorld(options: Omit<WorldOptions, "directory"> = {}): Promise<IncidentWorld> {
  const directory = await mkdtemp(join(tmpdir(), "remit-lease-"));
  const made = await incidentWorld({ ...options, directory });
  onTestFinished(async () => {
    await made.close();
    await rm(directory, { recursive: true, force: true });
  });
  return made;
}

/** `message` of the change that holds for an hour from now. */
export function forAnHour(made: IncidentWorld, action = "rollback"): string {
  return leaseMessage({ action, target: "checkout/production", expiresAt: made.clock.now() + hour });
}

export function olderVersion(text: string): string {
  return text.replace("v1.4.2", "v1.4.1");
}

/** Answers what stood there before. */
export async function mitigate(made: IncidentWorld): Promise<string> {
  const before = await made.deployed();
  await mergedByRemit(made, { files: { [leasedFile]: olderVersion(before) }, message: forAnHour(made) });
  return before;
}
