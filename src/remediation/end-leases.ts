import type { Forge } from "./forge.ts";
import { leaseSignals } from "./lease-signals.ts";
import { type ReceiverParts, receiveSignals } from "./receive-signals.ts";

export interface LeaseParts extends ReceiverParts {
  readonly forge: (repository: string) => Forge;
}

/** Looks whose time is over in one repository, and tells it to the incidents. Answers what came of it, without text of others. */
export async function endLeases(parts: LeaseParts, repository: string): Promise<readonly string[]> {
  const reader = await parts.reader(repository);
  const { incidents } = parts.store;
  const forge = parts.forge(repository);
  return receiveSignals(parts, await leaseSignals({ reader, forge, incidents, now: parts.clock.now() }));
}
