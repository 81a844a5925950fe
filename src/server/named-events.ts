/** Events under the names by which Remit knows their repositories, whatever GitHub calls them now. */
import { z } from "zod";
import type { GitHubEvents } from "./github-events.ts";
import type { KnownRepositories } from "./known-repositories.ts";

export interface NamedEventsOptions {
  /** What Remit calls a repository of an event; undefined where the event is of none that it knows by this name. */
  readonly nameOf: KnownRepositories["nameOf"];
  /** Told which installation an event came from, so that no look-up is needed. */
  readonly onInstallation: (repository: string, installationId: number) => void;
}

const named = z.object({ id: z.number().int().positive(), full_name: z.string() });
const origin = z.object({
  installation: z.object({ id: z.number().int().positive() }),
  repository: z.object({ full_name: z.string() }),
});
/** `installation` and `installation_repositories` speak of several repositories. */
const installed = z.object({
  action: z.enum(["created", "added"]),
  installation: z.object({ id: z.number().int().positive() }),
});
const mentioned = z.object({
  repository: named.optional().catch(undefined),
  repositories: z.array(named).catch([]),
  repositories_added: z.array(named).catch([]),
});

export function namedEvents(events: GitHubEvents, { nameOf, onInstallation }: NamedEventsOptions): GitHubEvents {
  return {
    async signals(delivery) {
      const signals = await events.signals(delivery);
      const payload: unknown = JSON.parse(delivery.body);
      const known = await namesIn(payload, nameOf);
      const from = origin.safeParse(payload);
      const repository = from.data && known(from.data.repository.full_name);
      if (from.success && repository !== undefined) onInstallation(repository, from.data.installation.id);
      const heard = signals.flatMap((signal) => {
        const name = known(signal.repository);
        return name === undefined ? [] : [{ ...signal, repository: name }];
      });
      const { data: now } = installed.safeParse(payload);
      if (now !== undefined) for (const { repository } of heard) onInstallation(repository, now.installation.id);
      return heard;
    },
  };
}

/** By the name that the payload gives. A payload that gives no id is taken by its word. */
async function namesIn(payload: unknown, nameOf: KnownRepositories["nameOf"]) {
  const names = new Map<string, string | undefined>();
  const { repository, repositories, repositories_added } = mentioned.parse(payload);
  for (const each of [...(repository === undefined ? [] : [repository]), ...repositories, ...repositories_added])
    names.set(each.full_name, await nameOf(each));
  return (name: string) => (names.has(name) ? names.get(name) : name);
}
