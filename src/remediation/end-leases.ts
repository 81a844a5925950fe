import { leaseSignals } from "./lease-signals.ts";
import { type ReceiverParts, receiveSignals } from "./receive-signals.ts";

/** Looks whose time is over in one repository, and tells it to the incidents. Answers what came of it, without text of others. */
export async function endLeases(parts: ReceiverParts, repository: string): Promise<readonly string[]> {
  const reader = await parts.reader(repository);
  const signals = await leaseSignals(reader, await parts.store.incidents.open(repository), parts.clock.now());
  return signals.length === 0 ? [] : receiveSignals(parts, signals);
}
