/** Writes a month's review as the issue that the server writes, by the App's own credentials. */
import type { Review } from "../../audit/review/review.ts";
import { reviewIssue } from "../../audit/review/review-issue.ts";
import { RemitError } from "../../errors.ts";
import { createReviewIssue } from "../../github/create-forge.ts";
import { createGitHubApp } from "../../github/github-app.ts";
import type { Config } from "../../server/config/config.ts";

/** Answers what came of it. One that is there already, open or closed, is left as it is. */
export async function writeReview(
  { github }: Pick<Config, "github">,
  repository: string,
  review: Review,
): Promise<string> {
  const app = createGitHubApp({
    appId: github.appId,
    privateKey: github.privateKey.reveal(),
    apiUrl: github.apiUrl,
  });
  const issue = createReviewIssue({ app, repository }, review.month);
  const { archived, issue: known } = await issue.read();
  if (archived) throw new RemitError("github-forbidden", `${repository} is archived`, { audience: "user" });
  if (known !== undefined) return `#${known.number} in ${repository} is the review of ${review.month} already`;
  await issue.open(reviewIssue(review));
  return `wrote the review of ${review.month} as an issue in ${repository}`;
}
