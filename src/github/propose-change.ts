/** Creates what is missing of incident issue, branch, commit and pull request, in one document and in this order. What the ledger is to tell goes first. */
import { z } from "zod";
import { RemitError } from "../errors.ts";
import { parseTrailers } from "../ledger/trailers.ts";
import type { Proposal, Proposed, RepositoryView } from "../remediation/forge.ts";
import { findMarker } from "../remediation/marker.ts";
import { commitPart, pullPart, refPart, worstFault } from "./change-parts.ts";
import { composeMutation, type MutationPart } from "./compose-mutation.ts";
import { type ForgeContext, run } from "./forge-context.ts";
import { createIssuePart, issueCreated } from "./issue-parts.ts";
import { ledgerCommit, ledgerPart } from "./ledger-branch.ts";
import type { Answer } from "./run-document.ts";

const doing = "propose the change";

export async function proposeChange(
  context: ForgeContext,
  view: RepositoryView,
  proposal: Proposal,
): Promise<Proposed> {
  const parts = missingParts(view, proposal);
  const incident = findMarker(proposal.issueBody)?.incident;
  const answer = parts.length === 0 ? undefined : await send(context, parts, incident);
  const created = answer && issueCreated(answer);
  if (created !== undefined) context.memory.knowSaid(incident, created.id, []);
  const fault = answer && (worstFault(answer) ?? answer.fault("issue"));
  if (fault !== undefined) throw fault;
  const appended = answer && ledgerCommit(answer);
  return { ...commitAndPull(view, answer), ...issue(view, created), ledgerCommit: appended };
}

async function send(
  context: ForgeContext,
  parts: readonly MutationPart[],
  incident: string | undefined,
): Promise<Answer> {
  context.memory.forget(incident, undefined);
  const { document, variables } = composeMutation("RemitPropose", parts);
  return run(context, document, variables, doing);
}

function missingParts(view: RepositoryView, proposal: Proposal): MutationPart[] {
  const parts: MutationPart[] = [];
  const { ledger } = proposal;
  if (ledger !== undefined) parts.push(ledgerPart(view.nameWithOwner, ledger));
  if (view.issue === undefined) {
    parts.push(createIssuePart(view, { title: proposal.issueTitle, body: proposal.issueBody }));
  }
  if (view.branchHead === undefined && view.pull === undefined) parts.push(refPart(view.repositoryId, proposal));
  if (needsCommit(view, proposal)) parts.push(commitPart(view.nameWithOwner, withBytes(proposal)));
  if (view.pull === undefined) parts.push(pullPart(view.repositoryId, pullOf(view, proposal)));
  return parts;
}

function withBytes(proposal: Proposal) {
  return { ...proposal, files: proposal.files.map(({ path, text }) => ({ path, bytes: Buffer.from(text, "utf8") })) };
}

function pullOf({ defaultBranch }: RepositoryView, { branch, pullTitle, pullBody }: Proposal) {
  return { baseRefName: defaultBranch, headRefName: branch, title: pullTitle, body: pullBody };
}

/** Throws github-conflict when the branch holds anything but the base, or our one commit on it. */
function needsCommit(view: RepositoryView, proposal: Proposal): boolean {
  if (view.pull !== undefined) return false;
  if (view.branchHead === undefined || view.branchHead === proposal.base) return true;
  const commit = view.branchCommit;
  const isOurs =
    commit?.byUs === true &&
    commit.parents.length === 1 &&
    commit.parents[0] === proposal.base &&
    sameCandidate(commit.message, proposal);
  if (!isOurs) throw new RemitError("github-conflict", `the branch ${proposal.branch} holds something else already`);
  return false;
}

/** The candidate's digest covers the texts that the commit leaves behind. */
function sameCandidate(message: string, proposal: Proposal): boolean {
  const candidate = (text: string) => parseTrailers(text.replaceAll("\r\n", "\n")).get("Remit-Candidate");
  const wanted = candidate(`${proposal.headline}\n\n${proposal.message}`);
  return wanted !== undefined && candidate(message) === wanted;
}

const createdSchema = z.object({
  commit: z.object({ commit: z.object({ oid: z.string() }) }).optional(),
  pull: z
    .object({
      pullRequest: z.object({ id: z.string(), number: z.number(), url: z.string(), headRefOid: z.string() }),
    })
    .optional(),
});

function commitAndPull(
  view: RepositoryView,
  answer: Answer | undefined,
): Pick<Proposed, "commit" | "pullId" | "pullNumber" | "pullUrl"> {
  const made = createdSchema.safeParse(answer?.data ?? {});
  const pull = (made.success ? made.data.pull?.pullRequest : undefined) ?? view.pull;
  const commit = (made.success ? made.data.commit?.commit.oid : undefined) ?? view.branchHead ?? view.pull?.head;
  if (pull === undefined || commit === undefined) {
    throw new RemitError("github-rejected", "GitHub didn't say what it created; looking again");
  }
  return { commit, pullId: pull.id, pullNumber: pull.number, pullUrl: pull.url };
}

function issue(
  view: RepositoryView,
  created: ReturnType<typeof issueCreated>,
): Pick<Proposed, "issueId" | "issueNumber" | "issueUrl"> {
  const known = created ?? view.issue;
  if (known === undefined) throw new RemitError("github-rejected", "GitHub didn't say which issue it created");
  return { issueId: known.id, issueNumber: known.number, issueUrl: known.url };
}
