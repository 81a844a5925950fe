/** A repository that is to be looked at, as a key of the work queue. */
export interface RepositoryTask {
  /** `repository`: `owner/name`, as the configuration or GitHub spells it. */
  format(repository: string): string;
  /** The repository; undefined for a key of another kind, such as an incident's id. */
  parse(key: string): string | undefined;
}

/** `prefix` tells what for, and is no other task's. */
export function repositoryTask(prefix: string): RepositoryTask {
  return {
    format: (repository) => `${prefix} ${repository}`,
    parse(key) {
      const [kind, repository, ...rest] = key.split(" ");
      return kind === prefix && repository !== undefined && rest.length === 0 ? repository : undefined;
    },
  };
}
