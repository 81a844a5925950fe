/** A stored delivery becomes signals. What may be said about which repository comes from the configuration. */
import { RemitError } from "../errors.ts";
import type { Signal } from "../signals/signal.ts";
import type { Delivery } from "../store/store.ts";
import type { Config } from "./config/config.ts";
import type { GitHubEvents } from "./github-events.ts";
import { sourceSignals } from "./source-signals.ts";

/** Throws RemitError payload-invalid; a source that was taken out of the configuration says nothing any more. */
export async function parseDelivery(
  config: Config,
  github: GitHubEvents,
  delivery: Delivery,
): Promise<readonly Signal[]> {
  if (delivery.type === "github") return github.signals(delivery);
  const source = config.sources.find(({ name, type }) => name === delivery.source && type === delivery.type);
  if (source === undefined) return [];
  return sourceSignals(source, parseJson(delivery.body), delivery.receivedAt).signals;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new RemitError("payload-invalid", "the delivery isn't JSON", { cause });
  }
}
