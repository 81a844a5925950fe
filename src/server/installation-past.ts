import type { InstallationPast } from "../remediation/installation-past.ts";
import { pastRemediations } from "../remediation/past-remediations.ts";
import type { RepositoryReader } from "../remediation/repository-reader.ts";

/**
 * Counts over every repository that this Remit works on, as of the last fetch of its mirror. One that can't be read makes the
 * count unreadable. `repositories` is asked each time, since GitHub's deliveries bring further ones.
 */
export function installationPast(
  repositories: () => Iterable<string>,
  reader: (repository: string) => Promise<RepositoryReader>,
): InstallationPast {
  const past = async (repository: string, now: number) => {
    const opened = await reader(repository);
    return pastRemediations(opened, await opened.mirror.head(), now, undefined);
  };
  return async (butOf, now) => {
    const others = [...new Set(repositories())].filter((repository) => repository !== butOf);
    try {
      const counted = await Promise.all(others.map((repository) => past(repository, now)));
      const known = counted.filter((records) => records !== "unreadable");
      return known.length === counted.length ? known.flat() : "unreadable";
    } catch {
      return "unreadable";
    }
  };
}
