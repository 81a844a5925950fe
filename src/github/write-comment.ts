import { fitBody } from "./fit-body.ts";
import { asking, type ForgeContext, ownerAndRepo } from "./forge-context.ts";

export function writeComment(context: ForgeContext, number: number, body: string): Promise<void> {
  return asking(context, `comment on issue ${number}`, async (octokit) => {
    await octokit.request("POST /repos/{owner}/{repo}/issues/{issue_number}/comments", {
      ...ownerAndRepo(context),
      issue_number: number,
      body: fitBody(body),
    });
  });
}
