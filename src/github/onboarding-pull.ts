/** The one pull request by which a repository is asked for a policy. It adds files of the package, and nothing here merges it. */
import { z } from "zod";
import { RemitError } from "../errors.ts";
import {
  type Onboarding,
  type OnboardingBranch,
  type OnboardingPull,
  type OnboardingView,
  type OpenRequest,
  onboardingBranch,
  type PolicyPack,
} from "../remediation/onboarding/onboarding.ts";
import { authorityPath, policyDirectory } from "../remediation/policy-paths.ts";
import { commitPart, pullPart, refPart, worstFault } from "./change-parts.ts";
import { closePull } from "./close-pull.ts";
import { composeMutation, type MutationPart } from "./compose-mutation.ts";
import { type ForgeContext, ownerAndRepo, run } from "./forge-context.ts";
import { type Identity, identityFrom, isOurCommit } from "./identity.ts";
import { presentNodes } from "./present-nodes.ts";
import { commitFragment } from "./read-document.ts";
import { commitFacts, nodes, pullFacts } from "./read-schema.ts";
import { requireSameRepository } from "./require-same-repository.ts";
import { toRemitError } from "./to-remit-error.ts";

const document = `query RemitOnboarding($owner: String!, $name: String!, $branch: String!, $ref: String!) {
  viewer { login }
  repository(owner: $owner, name: $name) {
    id
    databaseId
    nameWithOwner
    isArchived
    isFork
    defaultBranchRef { name target { oid } }
    policy: object(expression: "HEAD:${authorityPath}") { __typename }
    stopFile: object(expression: "HEAD:${policyDirectory}/STOP") { __typename }
    stopIssues: issues(first: 1, states: OPEN, labels: ["remit:stop"]) { nodes { number } }
    ref(qualifiedName: $ref) { id target { oid ... on Commit { ...CommitFacts } } }
    pullRequests(headRefName: $branch, first: 50, orderBy: {field: CREATED_AT, direction: DESC}) {
      nodes {
        id
        number
        state
        viewerDidAuthor
        isCrossRepository
        commits(first: 2) { nodes { commit { oid ...CommitFacts } } }
      }
    }
  }
}

${commitFragment}`;

const onboardingFacts = pullFacts.pick({
  id: true,
  number: true,
  state: true,
  viewerDidAuthor: true,
  isCrossRepository: true,
  commits: true,
});

const answerSchema = z.object({
  viewer: z.object({ login: z.string() }),
  repository: z.object({
    id: z.string(),
    databaseId: z.number().nullish(),
    nameWithOwner: z.string(),
    isArchived: z.boolean(),
    isFork: z.boolean(),
    defaultBranchRef: z.object({ name: z.string(), target: z.object({ oid: z.string() }) }).nullish(),
    policy: z.object({}).nullish(),
    stopFile: z.object({}).nullish(),
    stopIssues: nodes(z.object({ number: z.number() })),
    ref: z.object({ id: z.string(), target: commitFacts }).nullish(),
    pullRequests: nodes(onboardingFacts),
  }),
});

const looking = "look whether it was asked for a policy";
const asking = "ask for a policy";

/** `pack`: by paths in a repository. Nothing else can be written. */
export function onboardingPull(context: ForgeContext, pack: PolicyPack): Onboarding {
  return {
    async look() {
      const { owner, repo } = ownerAndRepo(context);
      const variables = { owner, name: repo, branch: onboardingBranch, ref: `refs/heads/${onboardingBranch}` };
      const answer = await run(context, document, variables, looking);
      if (answer.anyFault !== undefined) throw answer.anyFault;
      const { success, data, error } = answerSchema.safeParse(answer.data);
      if (!success) throw toRemitError(error, `${looking} in ${context.repository}`, context.app.clock.now());
      await requireSameRepository(context, data.repository.databaseId);
      return toView(data.repository, identityFrom(data.viewer.login, context.app.signsCommits));
    },
    async open(view, request) {
      const { document, variables } = composeMutation("RemitOnboard", openingParts(view, request, pack));
      const answer = await run(context, document, variables, asking);
      const fault = worstFault(answer);
      if (fault !== undefined) throw fault;
      const { number, headRefOid } = createdSchema.parse(answer.data).pull.pullRequest;
      return { number, head: headRefOid };
    },
    close: ({ branch }, { id }, note) =>
      closePull(context, { branchId: branch?.id }, { pullId: id, comment: note, deleteBranch: true }),
  };
}

const createdSchema = z.object({
  pull: z.object({ pullRequest: z.object({ number: z.number(), headRefOid: z.string() }) }),
});

function openingParts(view: OnboardingView, request: OpenRequest, pack: PolicyPack): MutationPart[] {
  const branch = onboardingBranch;
  const { repositoryId, nameWithOwner } = view;
  if (view.base === undefined) throw new RemitError("internal", "a repository without a commit takes no pull request");
  const pull = { baseRefName: view.base.branch, headRefName: branch, title: request.title, body: request.body };
  const files = request.add.map((path) => ({ path, bytes: ofPack(pack, path) }));
  return [
    ...(view.branch === undefined ? [refPart(repositoryId, { ...request, branch })] : []),
    ...(files.length === 0 ? [] : [commitPart(nameWithOwner, { ...request, branch, files })]),
    pullPart(repositoryId, pull),
  ];
}

/** The exception from `.github/`, which Remit never writes otherwise, reaches exactly as far as this. */
function ofPack(pack: PolicyPack, path: string): Uint8Array {
  const bytes = pack.get(path);
  if (bytes !== undefined && path.startsWith(`${policyDirectory}/`)) return bytes;
  throw new RemitError("internal", "onboarding adds files of the default pack only");
}

function toView(repository: z.infer<typeof answerSchema>["repository"], us: Identity): OnboardingView {
  const { defaultBranchRef: base } = repository;
  const pull = presentNodes(repository.pullRequests).find(
    ({ viewerDidAuthor, isCrossRepository }) => viewerDidAuthor && !isCrossRepository,
  );
  return {
    repositoryId: repository.id,
    nameWithOwner: repository.nameWithOwner,
    archived: repository.isArchived,
    fork: repository.isFork,
    base: base ? { branch: base.name, head: base.target.oid } : undefined,
    policy: Boolean(repository.policy),
    stopped: Boolean(repository.stopFile) || presentNodes(repository.stopIssues).length > 0,
    branch: repository.ref ? viewBranch(repository.ref, us) : undefined,
    pull: pull && viewPull(pull, us),
  };
}

function viewBranch(
  { id, target }: { readonly id: string; readonly target: z.infer<typeof commitFacts> },
  us: Identity,
): OnboardingBranch {
  const [parent, ...others] = presentNodes(target.parents).map(({ oid }) => oid);
  return { id, head: target.oid, ourParent: isOurCommit(target, us) && others.length === 0 ? parent : undefined };
}

const states = { OPEN: "open", CLOSED: "closed", MERGED: "merged" } as const;

function viewPull({ id, number, state, commits }: z.infer<typeof onboardingFacts>, us: Identity): OnboardingPull {
  const [first, ...others] = presentNodes(commits).map(({ commit }) => commit);
  const untouched = first !== undefined && others.length === 0 && isOurCommit(first, us);
  return { id, number, state: states[state], untouched };
}
