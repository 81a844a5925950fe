/** A stored delivery becomes signals. What may be said about which repository comes from the configuration. */
import { z } from "zod";
import { RemitError } from "../errors.ts";
import type { GitHubApp } from "../github/github-app.ts";
import { githubSignals } from "../signals/github-events.ts";
import type { Signal } from "../signals/signal.ts";
import { sources } from "../signals/sources.ts";
import type { Delivery } from "../store/store.ts";
import type { Config } from "./config/config.ts";

/** Throws RemitError payload-invalid; a source that was taken out of the configuration says nothing any more. */
export function parseDelivery(config: Config, app: GitHubApp, delivery: Delivery): readonly Signal[] {
  const body = parseJson(delivery.body);
  if (delivery.type === "github") return githubDelivery(app, delivery, body);
  const source = config.sources.find(({ name, type }) => name === delivery.source && type === delivery.type);
  if (source === undefined) return [];
  const { repository } = source;
  return sources[source.type].parse(body, { source: source.name, repository, observedAt: delivery.receivedAt });
}

const installed = z.object({
  installation: z.object({ id: z.int().positive() }),
  repository: z.object({ full_name: z.string() }),
});

/** The signature was checked at the door, so the installation that GitHub names saves a look-up. */
function githubDelivery(app: GitHubApp, delivery: Delivery, body: unknown): readonly Signal[] {
  const known = installed.safeParse(body);
  if (known.success) app.useInstallation(known.data.repository.full_name, known.data.installation.id);
  return githubSignals(delivery.event, body, delivery.receivedAt);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new RemitError("payload-invalid", "the delivery isn't JSON", { cause });
  }
}
