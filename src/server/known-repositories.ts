/**
 * What Remit calls the repository of an event. A renamed repository keeps its id, so its events are taken for the name that Remit knows
 * it by; incidents, mirrors and limits are kept by that name.
 */
import type { KnownIds } from "../github/github-app.ts";
import type { Store } from "../store/store.ts";

export interface NamedRepository {
  readonly id: number;
  /** `owner/name`, as GitHub calls it now. */
  readonly full_name: string;
}

export interface KnownRepositories {
  readonly ids: KnownIds;
  /** undefined: the name belongs to another repository than the one that Remit knows by it. */
  nameOf(repository: NamedRepository): Promise<string | undefined>;
}

/** What is configured wins over what is remembered: an operator who writes the new name means it. */
export function knownRepositories(store: Pick<Store, "settings">, configured: readonly string[]): KnownRepositories {
  const ids = repositoryIds(store);
  return {
    ids,
    async nameOf({ id, full_name }) {
      const known = await ids.get(full_name);
      if (configured.includes(full_name)) return known === undefined || known === id ? full_name : undefined;
      for (const name of configured) if ((await ids.get(name)) === id) return name;
      if (known !== undefined && known !== id) return undefined;
      return (await store.settings.get(nameKey(id))) ?? full_name;
    },
  };
}

function repositoryIds(store: Pick<Store, "settings">): KnownIds {
  const idKey = (repository: string) => `repository:${repository}`;
  return {
    async get(repository) {
      const value = Number(await store.settings.get(idKey(repository)));
      return Number.isSafeInteger(value) && value > 0 ? value : undefined;
    },
    async set(repository, id) {
      await store.settings.set(idKey(repository), String(id));
      // The first name stays.
      if ((await store.settings.get(nameKey(id))) === undefined) await store.settings.set(nameKey(id), repository);
    },
  };
}

const nameKey = (id: number) => `repository-name:${id}`;
