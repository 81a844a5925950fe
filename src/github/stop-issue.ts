/** The stop switch as an issue: opened and closed for a person who asked for it. */
import { z } from "zod";
import { redact } from "../redact.ts";
import { fitBody } from "./fit-body.ts";
import { asking, type ForgeContext, ownerAndRepo } from "./forge-context.ts";

const created = z.object({ number: z.number().int().positive() });

export async function openStop(
  context: ForgeContext,
  { title, body }: { readonly title: string; readonly body: string },
): Promise<{ readonly issueNumber: number }> {
  return asking(context, "open an issue labelled remit:stop", async (octokit) => {
    const { data } = await octokit.request("POST /repos/{owner}/{repo}/issues", {
      ...ownerAndRepo(context),
      title: redact(title),
      body: fitBody(body),
      labels: ["remit:stop"],
    });
    return { issueNumber: created.parse(data).number };
  });
}

export function closeStop(context: ForgeContext, issueNumber: number): Promise<void> {
  return asking(context, `close issue ${issueNumber}`, async (octokit) => {
    await octokit.request("PATCH /repos/{owner}/{repo}/issues/{issue_number}", {
      ...ownerAndRepo(context),
      issue_number: issueNumber,
      state: "closed",
      state_reason: "completed",
    });
  });
}
