/** A check run `remit/gate` on a commit, by itself: one request. Throws when it couldn't be reported. */
import type { CheckReport } from "../remediation/gate-pull.ts";
import { checkPart } from "./check-part.ts";
import { composeMutation } from "./compose-mutation.ts";
import type { GitHubApp } from "./github-app.ts";
import { runDocument } from "./run-document.ts";

export async function reportCheck(app: GitHubApp, repository: string, report: CheckReport): Promise<void> {
  const { document, variables } = composeMutation("RemitCheck", [checkPart(report.repositoryId, report)]);
  const answer = await runDocument(app.client(repository), document, variables, `report a gate in ${repository}`);
  if (answer.anyFault !== undefined) throw answer.anyFault;
}
