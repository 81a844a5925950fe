/** Opens an issue. */
import type { Account } from "../world/accounts.ts";
import type { IssueRecord } from "../world/records.ts";
import { Refusal } from "../world/refusal.ts";
import type { World } from "../world/world.ts";
import { issueEvent } from "./issue-event.ts";
import { ensureLabel } from "./labels.ts";
import { newThread } from "./new-thread.ts";

export function openIssue(
  world: World,
  author: Account,
  input: { readonly title: string; readonly body: string | null; readonly labels: readonly string[] },
): IssueRecord {
  if (input.title.trim() === "") {
    throw new Refusal(422, "Validation Failed", {
      errors: [{ resource: "Issue", code: "missing_field", field: "title" }],
      graphql: "Title can't be blank",
    });
  }
  const issue: IssueRecord = { kind: "issue", ...newThread(world, author, input.title, input.body) };
  for (const name of input.labels) issue.labels.push(ensureLabel(world, name).name);
  world.threads.push(issue);
  issueEvent(world, issue, "opened", author);
  return issue;
}
