/** A repository that is to be asked whether it wants Remit. */
import { repositoryTask } from "../repository-task.ts";

/** One at a time is enough: nobody waits for them, and each may look through a history. */
export const onboardingQueue = "onboarding";

export const { format: formatOnboardingTask, parse: parseOnboardingTask } = repositoryTask("onboarding");
