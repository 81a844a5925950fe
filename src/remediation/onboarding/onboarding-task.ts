/** A repository that is to be asked whether it wants Remit, as a key of the work queue. */
const prefix = "onboarding";

/** One at a time is enough: nobody waits for them, and each may look through a history. */
export const onboardingQueue = "onboarding";

/** `repository`: `owner/name`, as the configuration or GitHub spells it. */
export function formatOnboardingTask(repository: string): string {
  return `${prefix} ${repository}`;
}

/** The repository; undefined for a key of another kind, such as an incident's id. */
export function parseOnboardingTask(key: string): string | undefined {
  const [kind, repository, ...rest] = key.split(" ");
  return kind === prefix && repository !== undefined && rest.length === 0 ? repository : undefined;
}
