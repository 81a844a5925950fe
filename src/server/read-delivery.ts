/** What a stored delivery says, whoever sent it. */
import { RemitError } from "../errors.ts";
import type { Signal } from "../signals/signal.ts";
import { sources as parsers } from "../signals/sources.ts";
import type { Delivery } from "../store/store.ts";
import type { SourceConfig } from "./config/config.ts";
import type { GitHubEvents } from "./github-events.ts";

/** Throws RemitError payload-invalid; also when its source is no longer configured, since it then speaks for nobody. */
export async function readDelivery(
  delivery: Delivery,
  sources: readonly Pick<SourceConfig, "name" | "type" | "repository">[],
  github: GitHubEvents,
): Promise<readonly Signal[]> {
  if (delivery.type === "github") return github.signals(delivery);
  const source = sources.find(({ name, type }) => name === delivery.source && type === delivery.type);
  if (source === undefined) {
    throw new RemitError("payload-invalid", `no ${delivery.type} source ${delivery.source} is configured any more`);
  }
  const { name, type, repository } = source;
  return parsers[type].parse(parse(delivery.body), { source: name, repository, observedAt: delivery.receivedAt });
}

function parse(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch (error) {
    throw new RemitError("payload-invalid", "the stored delivery isn't JSON", { cause: error });
  }
}
