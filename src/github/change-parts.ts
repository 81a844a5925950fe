/** The parts of a mutation that bring a change: branch, commit, pull request, in this order. */
import type { RemitError } from "../errors.ts";
import { redact } from "../redact.ts";
import type { MutationPart } from "./compose-mutation.ts";
import { fitBody } from "./fit-body.ts";
import type { Answer } from "./run-document.ts";

export function refPart(repositoryId: string, { branch, base }: { branch: string; base: string }): MutationPart {
  return {
    alias: "ref",
    field: "createRef",
    inputType: "CreateRefInput",
    select: "ref { id }",
    input: { repositoryId, name: `refs/heads/${branch}`, oid: base },
  };
}

export interface CommitInput {
  readonly branch: string;
  /** What the branch points at. */
  readonly base: string;
  readonly headline: string;
  readonly message: string;
  readonly files: readonly { readonly path: string; readonly bytes: Uint8Array }[];
  readonly deletions?: readonly string[] | undefined;
}

/** Author and committer are left out: naming one loses GitHub's signature. */
export function commitPart(repositoryNameWithOwner: string, commit: CommitInput): MutationPart {
  const { branch, base, headline, message, files, deletions } = commit;
  return {
    alias: "commit",
    field: "createCommitOnBranch",
    inputType: "CreateCommitOnBranchInput",
    select: "commit { oid }",
    input: {
      branch: { repositoryNameWithOwner, branchName: branch },
      expectedHeadOid: base,
      message: { headline: redact(headline), body: redact(message) },
      fileChanges: {
        additions: files.map(({ path, bytes }) => ({ path, contents: Buffer.from(bytes).toString("base64") })),
        ...(deletions?.length ? { deletions: deletions.map((path) => ({ path })) } : {}),
      },
    },
  };
}

export interface PullInput {
  readonly baseRefName: string;
  readonly headRefName: string;
  readonly title: string;
  readonly body: string;
}

export function pullPart(repositoryId: string, { title, body, ...refs }: PullInput): MutationPart {
  return {
    alias: "pull",
    field: "createPullRequest",
    inputType: "CreatePullRequestInput",
    select: "pullRequest { id number url headRefOid }",
    input: { repositoryId, ...refs, title: redact(title), body: fitBody(body) },
  };
}

/** A branch that exists already is no fault if the commit fitted on it; without a commit the pull request had to fail. */
export function worstFault(answer: Answer): RemitError | undefined {
  const ref = answer.fault("ref");
  const commit = answer.fault("commit");
  if (commit !== undefined) return ref === undefined || ref.code === "github-conflict" ? commit : ref;
  return answer.fault("pull");
}
