/** A repository whose last month is to be reviewed, as a key of the work queue. */
const prefix = "review";

/** One at a time is enough: nobody waits for them. */
export const reviewQueue = "reviews";

export function formatReviewTask(repository: string): string {
  return `${prefix} ${repository}`;
}

/** The repository; undefined for a key of another kind, such as an incident's id. */
export function parseReviewTask(key: string): string | undefined {
  const [kind, repository, ...rest] = key.split(" ");
  return kind === prefix && repository !== undefined && rest.length === 0 ? repository : undefined;
}
