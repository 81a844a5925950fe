/** A repository whose last month is to be reviewed. */
import { repositoryTask } from "../../remediation/repository-task.ts";

/** One at a time is enough: nobody waits for them. */
export const reviewQueue = "reviews";

export const { format: formatReviewTask, parse: parseReviewTask } = repositoryTask("review");
