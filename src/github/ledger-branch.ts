/** The ledger's branch. It only grows: nothing here rewrites, forces or deletes. */
import { z } from "zod";
import type { RecordFile } from "../ledger/chain.ts";
import { ledgerBranch as branch } from "../ledger/ledger-record.ts";
import type { LedgerAppend, LedgerBranch } from "../remediation/recording/ledger.ts";
import { commitPart } from "./change-parts.ts";
import { composeMutation, type MutationPart } from "./compose-mutation.ts";
import { asking, type ForgeContext, ownerAndRepo, run } from "./forge-context.ts";
import { ownCommits } from "./own-commits.ts";
import type { Answer } from "./run-document.ts";

const ref = `refs/heads/${branch}`;
const nameDocument = `query RemitName($owner: String!, $name: String!) {
  repository(owner: $owner, name: $name) { nameWithOwner }
}`;
const named = z.object({ repository: z.object({ nameWithOwner: z.string() }) });
const unprocessable = z.object({ status: z.literal(422), message: z.string() });
const made = z.object({ sha: z.string() });

export function ledgerBranchOf(context: ForgeContext): LedgerBranch {
  const repository = ownerAndRepo(context);
  /** GitHub commits to a renamed repository by its present name only. */
  let called = context.repository;
  const send = async (append: LedgerAppend) => {
    const { document, variables } = composeMutation("RemitLedger", [ledgerPart(called, append)]);
    return run(context, document, variables, "write to the ledger");
  };
  const lookUpName = async () => {
    const before = called;
    const answer = await run(context, nameDocument, { owner: repository.owner, name: repository.repo }, "look it up");
    const { success, data } = named.safeParse(answer.data);
    if (success) called = data.repository.nameWithOwner;
    return called !== before;
  };
  return {
    async append(append) {
      let answer = await send(append);
      if (answer.fault("ledger")?.code === "github-not-found" && (await lookUpName())) answer = await send(append);
      const fault = answer.fault("ledger");
      if (fault !== undefined && !isMoved(fault.code)) throw fault;
      return ledgerCommit(answer);
    },
    begin: ({ headline, files }) =>
      asking(context, "begin the ledger", async (octokit) => {
        const tree = files.map(({ path, text }) => ({ path, mode: "100644", type: "blob", content: text }) as const);
        const { data } = await octokit.request("POST /repos/{owner}/{repo}/git/trees", { ...repository, tree });
        const commit = await octokit.request("POST /repos/{owner}/{repo}/git/commits", {
          ...repository,
          message: headline,
          tree: made.parse(data).sha,
          parents: [],
        });
        const { sha } = made.parse(commit.data);
        return (await createRef(octokit, sha)) ? sha : undefined;
      }),
    ours: (commits) => ownCommits(context, commits),
    restore: (head) => asking(context, "put the ledger back", (octokit) => createRef(octokit, head)),
  };

  /** False: there is one already, or no such commit. Throws github-rejected where a rule of the repository forbids it. */
  async function createRef(octokit: Parameters<Parameters<typeof asking>[2]>[0], sha: string): Promise<boolean> {
    try {
      await octokit.request("POST /repos/{owner}/{repo}/git/refs", { ...repository, ref, sha });
      return true;
    } catch (error) {
      const { success, data } = unprocessable.safeParse(error);
      if (success && /already exists|does not exist/i.test(data.message)) return false;
      throw error;
    }
  }
}

/** Author and committer are left out, so GitHub signs it. */
export function ledgerPart(repository: string, { parent, headline, files }: LedgerAppend): MutationPart {
  const commit = commitPart(repository, { branch, base: parent, headline, message: "", files: files.map(withBytes) });
  return { ...commit, alias: "ledger" };
}

function withBytes({ path, text }: RecordFile) {
  return { path, bytes: Buffer.from(text, "utf8") };
}

const appended = z.object({ ledger: z.object({ commit: z.object({ oid: z.string() }) }) });

/** The commit that a document made on the ledger's branch; undefined where it made none. */
export function ledgerCommit(answer: Answer): string | undefined {
  const parsed = appended.safeParse(answer.data);
  return parsed.success ? parsed.data.ledger.commit.oid : undefined;
}

/** The branch isn't where it was, or isn't there. */
function isMoved(code: string): boolean {
  return code === "github-conflict" || code === "github-not-found";
}
